package io.gantry.scheduler.deployment;

import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a service's way.
 *
 * @param endedAt none while it lasts
 * @param detail what it waits for or works on, a sentence
 */
public record Step(
        ServiceName service,
        ServiceState step,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String detail) {
    boolean isOpen() {
        return endedAt == null;
    }

    Step endedAt(Instant end) {
        return isOpen() ? new Step(service, step, startedAt, end, detail) : this;
    }

    Step saying(@Nullable String more) {
        return more == null ? this : new Step(service, step, startedAt, endedAt, more);
    }
}
