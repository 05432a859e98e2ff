package io.gantry.nodemanager.log;

import io.gantry.contract.InstanceId;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What some instances have written and go on to write. Which ones there are is asked every second, so new ones are
 * picked up, and those that were restarted are picked up again.
 */
final class LiveLog implements AutoCloseable {
    private static final int AHEAD = 256;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration SILENCE_AT_MOST = Duration.ofSeconds(15);
    private static final LogRange EVERYTHING = new LogRange(null, null);

    private final InstanceLogs logs;
    private final Supplier<List<Instance>> instances;
    private final LogRange range;
    private final LiveSink sink;
    private final InstantSource clock;
    private final BlockingQueue<LogItem> items = new ArrayBlockingQueue<>(AHEAD);
    private final Map<InstanceId, LogFeed> feeds = new HashMap<>();
    private final Set<InstanceId> thereFromTheStart = new HashSet<>();
    private final Map<InstanceId, Instant> shown = new HashMap<>();
    private final Map<InstanceId, String> problems = new HashMap<>();
    private Instant lastWord = Instant.EPOCH;

    LiveLog(InstanceLogs logs, Supplier<List<Instance>> instances, LogRange range, LiveSink sink, InstantSource clock) {
        this.logs = logs;
        this.instances = instances;
        this.range = range;
        this.sink = sink;
        this.clock = clock;
    }

    /**
     * Until nothing more can come, or nobody looks any more.
     *
     * @param goesOn whether there may be more when none of the instances runs
     */
    void show(boolean goesOn) throws IOException, InterruptedException {
        showHistory();
        followWhatRuns();
        while (goesOn || !feeds.isEmpty()) {
            showUntil(clock.instant().plus(LOOK_EVERY));
            breakSilence();
            followWhatRuns();
        }
    }

    private void showHistory() throws IOException, InterruptedException {
        List<Instance> present = instances.get();
        present.forEach(instance -> thereFromTheStart.add(instance.id()));
        try (History history = History.of(logs, present, range)) {
            shown.putAll(history.show(sink));
        }
        lastWord = clock.instant();
    }

    private void followWhatRuns() throws IOException, InterruptedException {
        for (Instance instance : instances.get()) {
            if (instance.state() == InstanceState.RUNNING && !feeds.containsKey(instance.id())) {
                follow(instance);
            }
        }
    }

    private void follow(Instance instance) throws IOException, InterruptedException {
        try {
            feeds.put(instance.id(), logs.live(instance, rest(instance.id()), items));
            problems.remove(instance.id());
        } catch (LogUnavailable why) {
            problem(instance.id(), String.valueOf(why.getMessage()));
        }
    }

    /** What of an instance's log was not shown yet. */
    private LogRange rest(InstanceId id) {
        Instant last = shown.get(id);
        if (last != null) {
            return new LogRange(null, last);
        }
        return thereFromTheStart.contains(id) ? range : EVERYTHING;
    }

    private void showUntil(Instant end) throws IOException, InterruptedException {
        for (Instant now = clock.instant(); now.isBefore(end); now = clock.instant()) {
            LogItem item = items.poll(Duration.between(now, end).toMillis() + 1, TimeUnit.MILLISECONDS);
            if (item != null) {
                show(item);
            }
        }
    }

    private void show(LogItem item) throws IOException {
        switch (item) {
            case LogItem.Line(var line) -> show(line);
            case LogItem.End(var instance, var problem) -> {
                feeds.remove(instance);
                if (problem != null) {
                    problem(instance, "Its log broke off: " + problem);
                }
            }
        }
    }

    private void show(LogLine line) throws IOException {
        if (rest(line.instance()).includes(line.at())) {
            sink.line(line);
            shown.put(line.instance(), line.at());
            lastWord = clock.instant();
        }
    }

    /** It is not said every second. */
    private void problem(InstanceId instance, String sentence) throws IOException {
        if (!sentence.equals(problems.put(instance, sentence))) {
            sink.problem(instance, sentence);
        }
    }

    private void breakSilence() throws IOException {
        Instant now = clock.instant();
        if (!now.isBefore(lastWord.plus(SILENCE_AT_MOST))) {
            sink.stillHere();
            lastWord = now;
        }
    }

    @Override
    public void close() {
        feeds.values().forEach(LogFeed::close);
    }
}
