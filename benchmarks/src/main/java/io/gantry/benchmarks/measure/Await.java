package io.gantry.benchmarks.measure;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what says nothing when it comes about. Never inside a measured span, unless that span's figure allows for the pause. */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Await() {}

    /** @throws TimeoutException naming {@code what}, if it has not come about in time */
    public static void until(String what, Duration patience, BooleanSupplier condition)
            throws TimeoutException, InterruptedException {
        until(what, patience, PAUSE, condition);
    }

    /** @param pause between two looks */
    public static void until(String what, Duration patience, Duration pause, BooleanSupplier condition)
            throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while waiting for " + what);
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("Waited %d s for %s".formatted(patience.toSeconds(), what));
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }
}
