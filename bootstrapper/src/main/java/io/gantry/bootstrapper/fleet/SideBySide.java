package io.gantry.bootstrapper.fleet;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Work that does not wait for other work: done at the same time. When a part fails, the others are asked to stop. */
final class SideBySide {
    private SideBySide() {}

    /** Done with each of them afterwards. */
    static <T> void run(Collection<T> all, Consumer<T> work) {
        run(all.stream().<Runnable>map(each -> () -> work.accept(each)).toList());
    }

    static void run(Runnable one, Runnable other) {
        run(List.of(one, other));
    }

    private static void run(List<Runnable> parts) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ended = new ExecutorCompletionService<Optional<RuntimeException>>(threads);
            parts.forEach(part -> ended.submit(() -> failureOf(part)));
            for (int i = 0; i < parts.size(); i++) {
                ended.take().get().ifPresent(failure -> {
                    threads.shutdownNow();
                    throw failure;
                });
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Whoever waited was asked to stop");
        }
    }

    /** It is thrown where all of them are waited for. */
    private static Optional<RuntimeException> failureOf(Runnable part) {
        try {
            part.run();
            return Optional.empty();
        } catch (RuntimeException failure) {
            return Optional.of(failure);
        }
    }
}
