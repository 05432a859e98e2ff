package io.gantry.loadbalancer.scaling;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Since when the load has asked for another number of instances, without a break.
 *
 * @param tooHighSince one more is needed
 * @param tooLowSince one fewer would do
 * @param seenAt when that was last so
 */
record Breach(
        @Nullable Instant tooHighSince,
        @Nullable Instant tooLowSince,
        @Nullable Instant seenAt) {
    static final Breach NONE = new Breach(null, null, null);

    /** After a silence nobody knows whether it lasted: it begins anew. */
    Breach next(boolean tooHigh, boolean tooLow, Instant now, Duration longestSilence) {
        if (!tooHigh && !tooLow) {
            return NONE;
        }
        boolean unbroken = seenAt != null && !now.isAfter(seenAt.plus(longestSilence));
        return new Breach(
                tooHigh ? since(unbroken ? tooHighSince : null, now) : null,
                tooLow ? since(unbroken ? tooLowSince : null, now) : null,
                now);
    }

    private static Instant since(@Nullable Instant before, Instant now) {
        return before == null ? now : before;
    }
}
