package io.gantry.monitoring.unit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A unit as it was last seen.
 *
 * @param machine where it runs; a machine's own name
 * @param since when it entered its state
 * @param detail how it ended, or what speaks against it
 */
public record Seen<U extends Unit>(
        U unit,
        String machine,
        UnitState state,
        Instant since,
        @Nullable String detail) {}
