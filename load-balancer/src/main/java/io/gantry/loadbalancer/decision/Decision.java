package io.gantry.loadbalancer.decision;

import io.gantry.contract.InstanceId;
import io.gantry.loadbalancer.ServiceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One decision, to be kept.
 *
 * @param instance that was to be placed
 * @param outcome in one word: {@code PLACED}, {@code WAITING}, {@code SCALE_UP}
 * @param reason a sentence
 * @param detail what it was decided from; kept as JSON
 */
public record Decision(
        Instant at,
        Kind kind,
        ServiceId service,
        @Nullable InstanceId instance,
        String outcome,
        String reason,
        Object detail) {
    /** What was to be decided. */
    public enum Kind {
        /** Which node an instance runs on. */
        PLACEMENT,
        /** Whether a service gets more or fewer instances. */
        SCALING
    }
}
