package io.gantry.deployer.leg;

import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Release;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants of one service. It never changes.
 *
 * @param release none where the request names no version: it is about what runs
 * @param instance none unless the request is about one of the instances
 * @param deadline when the leg ends, whatever it waits for
 */
public record Order(
        LegId id,
        Mode mode,
        @Nullable Release release,
        @Nullable InstanceId instance,
        Instant deadline) {
    public static Order of(LegId id, Mode mode, @Nullable Release release, Instant deadline) {
        return new Order(id, mode, release, null, deadline);
    }

    /** @param mode {@link Mode#REVIVE} or {@link Mode#MOVE} */
    public static Order about(InstanceId instance, LegId id, Mode mode, Instant deadline) {
        return new Order(id, mode, null, instance, deadline);
    }

    /** The release to build or run; only modes that name one ask for it. */
    public Release named() {
        return Objects.requireNonNull(release, () -> mode + " names no release");
    }

    boolean isOver(Instant now) {
        return !now.isBefore(deadline);
    }

    /** A step may take so long, but not past the deadline, unless that has passed and only clearing up is left. */
    Instant within(Instant due, Instant now) {
        return isOver(now) || due.isBefore(deadline) ? due : deadline;
    }
}
