package io.gantry.acceptance.crash;

import io.gantry.acceptance.crash.History.Asked;
import io.gantry.acceptance.crash.History.Planned;
import io.gantry.acceptance.crash.History.Uploaded;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where those who ask write down what they were answered. */
final class Diary {
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Uploaded> uploads = new CopyOnWriteArrayList<>();
    private final List<Planned> planned = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> wanted = new ConcurrentHashMap<>();

    void asked(Asked request) {
        asked.add(request);
    }

    void uploaded(Uploaded upload) {
        uploads.add(upload);
    }

    void planned(Planned schedule) {
        planned.add(schedule);
    }

    void wants(String app, int instances) {
        wanted.put(app, instances);
    }

    /** What runs is replaced by as many as there are. */
    void wantsAsManyAsBefore(String app) {
        wanted.merge(app, 1, Math::max);
    }

    History history() {
        return new History(List.copyOf(asked), List.copyOf(uploads), List.copyOf(planned), Map.copyOf(wanted));
    }
}
