package io.gantry.machines;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Looks again and again until there is something to see, for so long and no longer.
 *
 * @param limit after which it is given up
 * @param pause between two looks
 */
public record Patience(InstantSource clock, Duration limit, Duration pause) {
    /** @return what was seen at last; empty if nothing was in all that time */
    public <T> Optional<T> await(Supplier<Optional<T>> look) {
        Instant end = clock.instant().plus(limit);
        Optional<T> seen = look.get();
        while (seen.isEmpty() && clock.instant().isBefore(end)) {
            pauseOnce();
            seen = look.get();
        }
        return seen;
    }

    private void pauseOnce() {
        LockSupport.parkNanos(pause.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("Whoever waited was asked to stop");
        }
    }
}
