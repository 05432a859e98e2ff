package io.gantry.benchmarks.burst;

import io.gantry.benchmarks.engine.Clients;
import io.gantry.benchmarks.engine.Start;
import io.gantry.benchmarks.platform.Api;
import io.gantry.benchmarks.platform.App;
import io.gantry.benchmarks.platform.Deployment;
import io.gantry.benchmarks.platform.Stage;
import io.gantry.benchmarks.platform.Zips;
import io.gantry.remote.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Apps that are all asked for at the same time. */
record Crowd(List<Stage> stages) {
    private static final String PREFIX = "burst-";
    private static final int BUILDERS = 4;

    /** All built, a few at a time. */
    static Crowd built(Api api, int size) throws ExecutionException, InterruptedException {
        AtomicInteger number = new AtomicInteger();
        byte[] zip = Zips.tiny();
        return new Crowd(Clients.each(
                BUILDERS, size, () -> Stage.built(api, App.named(PREFIX + number.incrementAndGet()), zip)));
    }

    int size() {
        return stages.size();
    }

    /** @return how each ended */
    List<Deployment> runAll() throws ExecutionException, InterruptedException {
        return atOnce(stage -> stage.api().awaitEnd(stage.run()));
    }

    void stopAll() throws ExecutionException, InterruptedException {
        atOnce(stage -> {
            stage.stop();
            return stage;
        });
    }

    Predicate<Start> anyStart() {
        String prefix = App.named(PREFIX).name();
        return start -> start.labels().getOrDefault(Labels.APP, "").startsWith(prefix);
    }

    private <T> List<T> atOnce(Work<T> work) throws ExecutionException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = stages.stream()
                    .map(stage -> threads.submit((Callable<T>) () -> work.on(stage)))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Stage stage) throws Exception;
    }
}
