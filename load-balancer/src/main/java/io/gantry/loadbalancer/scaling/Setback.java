package io.gantry.loadbalancer.scaling;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with the last action.
 *
 * @param failures in a row
 * @param retryAt before which nothing is tried
 * @param problem a sentence
 */
record Setback(int failures, Instant retryAt, String problem) {
    private static final int DOUBLINGS = 20;

    /** Each pause is twice the one before. */
    static Setback after(@Nullable Setback former, String problem, Instant now, ScaleSettings settings) {
        int failures = former == null ? 1 : former.failures + 1;
        Duration doubled = settings.retryAfter().multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        Duration pause = doubled.compareTo(settings.retryAtMost()) < 0 ? doubled : settings.retryAtMost();
        return new Setback(failures, now.plus(pause), problem);
    }

    boolean isPausing(Instant now) {
        return now.isBefore(retryAt);
    }

    /** Nothing was tried again: what was wrong may be right by now. */
    boolean isOld(Instant now, ScaleSettings settings) {
        return now.isAfter(retryAt.plus(settings.retryAtMost()));
    }
}
