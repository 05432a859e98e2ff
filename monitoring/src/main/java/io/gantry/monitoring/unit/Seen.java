package io.gantry.monitoring.unit;

import io.gantry.contract.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A unit as it was last seen.
 *
 * @param since when it entered its state
 * @param detail how it ended
 */
public record Seen(
        Unit unit,
        NodeId node,
        UnitState state,
        Instant since,
        @Nullable String detail) {}
