package io.gantry.nodemanager.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a log is asked for.
 *
 * @param tail how many of the last lines of each instance; null: all. As engines count: a line beyond 16 KiB is several
 * @param after only what was written later; null: whenever
 */
record LogRange(@Nullable Integer tail, @Nullable Instant after) {
    boolean includes(Instant at) {
        return after == null || at.isAfter(after);
    }
}
