package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.operation.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Whether what is to be recovered is back already: Docker, the provider and the reconciliation bring things back too, and
 * whoever restarts what has just started makes it worse.
 */
final class Recovered {
    private Recovered() {}

    static boolean isBack(Operation operation, Seen seen) {
        return switch (operation.kind()) {
            case RECOVER_MACHINE -> seen.answers(operation.what());
            case RECOVER_REPLICA -> isReady(operation.what(), seen);
            case RESTART_APP,
                    RESTART_SERVICE,
                    RESTART_MODEL,
                    REVIVE_INSTANCE,
                    MOVE_INSTANCE,
                    RESTART_MACHINE,
                    PREPARE_DOCKER,
                    RESTART_PLATFORM_SERVICE -> false;
        };
    }

    /** Whether it is a machine that was switched on, and may just not be up yet: who restarts it now has it begin anew. */
    static boolean isComing(Operation operation, List<KnownMachine> known, Instant now, Duration bootsWithin) {
        return operation.kind() == Operation.Kind.RECOVER_MACHINE
                && known.stream()
                        .filter(machine -> machine.name().equals(operation.what()))
                        .map(KnownMachine::bootsSince)
                        .filter(Objects::nonNull)
                        .anyMatch(since -> now.isBefore(since.plus(bootsWithin)));
    }

    private static boolean isReady(String replica, Seen seen) {
        String machine = replica.substring(replica.indexOf('@') + 1);
        return seen.machine(machine).sight() instanceof Seen.Sight.Running running
                && running.services().entrySet().stream()
                        .anyMatch(service -> replica.equals(service.getKey() + "@" + machine)
                                && service.getValue().ready());
    }
}
