package io.gantry.standalone;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, group by group; closed in the reverse order, also when it was started only in part. */
final class Parts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final Deque<List<Part>> groups = new ArrayDeque<>();
    private final Consumer<String> up;
    private boolean closed;

    private record Part(String name, AutoCloseable closeable) {}

    /** @param up told the name of each part that is up */
    Parts(Consumer<String> up) {
        this.up = up;
    }

    /** Starts a group's parts side by side and returns when all are up; the first failure is thrown when all are done. */
    void start(Map<String, ? extends Callable<? extends AutoCloseable>> group) throws Exception {
        List<Part> started = open();
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("start-", 1).factory())) {
            List<Future<Void>> starts = new ArrayList<>();
            group.forEach((name, start) -> starts.add(threads.submit(() -> {
                keep(started, new Part(name, start.call()));
                return null;
            })));
            await(starts);
        }
    }

    private synchronized List<Part> open() {
        List<Part> group = new ArrayList<>();
        groups.push(group);
        return group;
    }

    /** A part that came up while everything goes down, goes down too. */
    private synchronized void keep(List<Part> group, Part part) {
        if (closed) {
            close(part);
        } else {
            group.add(part);
            up.accept(part.name());
        }
    }

    private static void await(List<Future<Void>> starts) throws Exception {
        List<Throwable> failures = new ArrayList<>();
        for (Future<Void> start : starts) {
            try {
                start.get();
            } catch (ExecutionException failed) {
                failures.add(Objects.requireNonNull(failed.getCause()));
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst() instanceof Exception exception
                    ? exception
                    : new IllegalStateException(failures.getFirst());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!groups.isEmpty()) {
            closeTogether(groups.pop());
        }
    }

    private static void closeTogether(List<Part> group) {
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("stop-", 1).factory())) {
            group.forEach(part -> threads.execute(() -> close(part)));
        }
    }

    private static void close(Part part) {
        try {
            part.closeable().close();
        } catch (Exception failure) {
            log.warn("{} did not stop cleanly", part.name(), failure);
        }
    }
}
