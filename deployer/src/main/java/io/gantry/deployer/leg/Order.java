package io.gantry.deployer.leg;

import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.healing.Fault;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants of one service. It never changes.
 *
 * @param release none where the request names no version: it is about what runs
 * @param instance none unless the request is about one of the instances
 * @param fault what is wrong with that instance, if it is to be revived
 * @param deadline when the leg ends, whatever it waits for
 */
public record Order(
        LegId id,
        Mode mode,
        @Nullable Release release,
        @Nullable InstanceId instance,
        @Nullable Fault fault,
        Instant deadline) {
    public static Order of(LegId id, Mode mode, @Nullable Release release, Instant deadline) {
        return new Order(id, mode, release, null, null, deadline);
    }

    public static Order revive(InstanceId instance, Fault fault, LegId id, Instant deadline) {
        return new Order(id, Mode.REVIVE, null, instance, fault, deadline);
    }

    public static Order move(InstanceId instance, LegId id, Instant deadline) {
        return new Order(id, Mode.MOVE, null, instance, null, deadline);
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
