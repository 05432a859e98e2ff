package io.gantry.monitoring.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One that may take longer than anybody waits for its answer. It is not asked again before it is answered. */
final class Question<A> {
    private @Nullable Future<A> underWay;

    /** @return none: there is no answer yet, or only to an earlier time that it was asked */
    synchronized Optional<A> ask(Callable<A> question, ExecutorService threads, Duration limit)
            throws InterruptedException {
        if (underWay != null && !underWay.isDone()) {
            return Optional.empty();
        }
        Future<A> asked = threads.submit(question);
        underWay = asked;
        try {
            return Optional.of(asked.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("A question whose answer is a value failed", failed.getCause());
        }
    }
}
