package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.contract.NodeId;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenMachine;
import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import io.gantry.lifecyclemanager.restart.Moves;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Has the apps leave machines that are to leave the fleet, or to be resized; the machines wait for it. */
@Component
@OnlyInFleet
class Departures {
    private final Moves moves;
    private final Lease lease;

    Departures(Moves moves, Lease lease) {
        this.moves = moves;
        this.lease = lease;
    }

    void see(long fencing, Look look) {
        Optional<String> resized = Resizes.next(look.desired(), look.seen());
        look.seen().machines().values().stream()
                .filter(machine ->
                        look.desired().fleet().machine(machine.name()).isEmpty()
                                || resized.filter(machine.name()::equals).isPresent())
                .filter(Departures::hasInstances)
                .forEach(machine -> lease.fenced(fencing, () -> moves.off(new NodeId(machine.name()))));
    }

    private static boolean hasInstances(SeenMachine machine) {
        return machine.sight() instanceof Sight.Running running && running.instances() > 0;
    }
}
