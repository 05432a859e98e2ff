package io.gantry.benchmarks.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several clients that do the same work until all of it is done. */
public final class Clients {
    private Clients() {}

    /** @return the results; the first failure, if there is one, ends it */
    public static <T> List<T> each(int clients, int times, Callable<T> work)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(clients, Thread.ofVirtual().factory())) {
            List<Future<T>> running = new ArrayList<>();
            for (int time = 0; time < times; time++) {
                running.add(threads.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }
}
