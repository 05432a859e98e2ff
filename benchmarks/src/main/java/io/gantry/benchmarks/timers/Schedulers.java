package io.gantry.benchmarks.timers;

import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.processes.LoneService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Several of Gantry's schedulers, each in a JVM to itself; all of them are active. */
final class Schedulers implements AutoCloseable {
    private final Supplier<LoneService> another;
    private final List<LoneService> running = new ArrayList<>();
    private int killed;

    Schedulers(int count, Supplier<LoneService> another) {
        this.another = another;
        for (int i = 0; i < count; i++) {
            running.add(another.get());
        }
    }

    void awaitReady() throws InterruptedException, TimeoutException {
        for (LoneService each : running) {
            each.awaitReady();
        }
    }

    /** The one that has been there longest, and another is started in its place; not while there is no other to take over. */
    void killOne(Progress progress) throws InterruptedException {
        if (running.stream().skip(1).noneMatch(LoneService::isReady)) {
            progress.say("nobody is killed: the other one is not there yet");
            return;
        }
        running.removeFirst().kill();
        running.add(another.get());
        killed++;
    }

    int killed() {
        return killed;
    }

    @Override
    public void close() {
        running.forEach(LoneService::close);
    }
}
