package io.gantry.monitoring.watch;

import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.registry.NodeState;
import io.gantry.monitoring.unit.FleetUnits;
import io.gantry.monitoring.unit.FleetUnits.MachineUnit;
import io.gantry.monitoring.unit.FleetUnits.ReplicaUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is watched, and what was known of it before.
 *
 * @param nodes the node-manager's word, by the names of machines
 */
record Roster(List<MachineUnit> machines, List<ReplicaUnit> replicas, Map<String, NodeState> nodes) {
    static Roster of(FleetUnits fleet) {
        return new Roster(fleet.machines(), fleet.replicas(), fleet.nodes());
    }

    boolean isEmpty() {
        return machines.isEmpty() && replicas.isEmpty();
    }

    Optional<PreparedMachine> machine(String name) {
        return machines.stream()
                .map(MachineUnit::told)
                .filter(machine -> machine.id().value().equals(name))
                .findFirst();
    }
}
