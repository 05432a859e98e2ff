package io.gantry.lifecyclemanager.operation;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.deployer.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked of the lifecycle manager.
 *
 * @param what it is about, {@code shop/app-server}
 * @param deadline when it ends, finished or not
 * @param awaitedSince since when all is done, and is to show; none as long as it is not, or where nobody waits for that
 * @param outcome none while it is under way
 * @param failure of the first that failed
 */
public record Operation(
        DeploymentToken token,
        Kind kind,
        String what,
        Instant requestedAt,
        Instant deadline,
        @Nullable Instant awaitedSince,
        @Nullable Instant finishedAt,
        @Nullable Outcome outcome,
        @Nullable Failure failure) {
    /** What is done. */
    public enum Kind {
        RESTART_APP,
        RESTART_SERVICE,
        RESTART_MODEL,
        REVIVE_INSTANCE,
        /** An instance that is to leave its machine. */
        MOVE_INSTANCE,
        RESTART_MACHINE,
        PREPARE_DOCKER,
        RESTART_PLATFORM_SERVICE,
        /** A machine that monitoring found lost. */
        RECOVER_MACHINE,
        /** A replica of a platform service that monitoring found down, {@code scheduler@vm-1}. */
        RECOVER_REPLICA
    }

    /** It is over; told in the transaction in which it ended. */
    public record Ended(Operation operation) {}

    public static Operation begin(DeploymentToken token, Kind kind, String what, Instant now, Instant deadline) {
        return new Operation(token, kind, what, now, deadline, null, null, null, null);
    }
}
