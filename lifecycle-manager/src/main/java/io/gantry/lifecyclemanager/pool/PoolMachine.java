package io.gantry.lifecyclemanager.pool;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A machine that a pool has.
 *
 * @param addedAt when it was decided upon
 * @param leavingAt since when it takes no new instances; none: it is to stay
 */
public record PoolMachine(
        String name, String pool, Instant addedAt, @Nullable Instant leavingAt) {}
