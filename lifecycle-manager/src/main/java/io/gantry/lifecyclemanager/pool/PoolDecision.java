package io.gantry.lifecyclemanager.pool;

import java.time.Instant;

/**
 * Why a machine of a pool came, or went.
 *
 * @param reason a sentence
 */
public record PoolDecision(Instant at, Kind kind, String pool, String machine, String reason) {
    /** What was decided. */
    public enum Kind {
        ADD,
        /** It takes no new instances, and is removed if none comes. */
        DRAIN,
        /** It is drained no longer. */
        KEEP,
        REMOVE
    }
}
