package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.capacity.FoundMachines;
import io.gantry.lifecyclemanager.fleet.FleetDocument;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.reconciliation.Seen.Power;
import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import io.gantry.lifecyclemanager.replica.ReplicaRow;
import io.gantry.machines.platform.MachineAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one look at the fleet gave.
 *
 * @param known what was known of machines before
 * @param rows what was known of replicas before
 * @param addresses of the machines that have one
 */
record Look(
        FleetDocument document,
        List<KnownMachine> known,
        List<ReplicaRow> rows,
        Map<String, MachineAddress> addresses,
        Desired desired,
        Seen seen) {
    Look {
        known = List.copyOf(known);
        rows = List.copyOf(rows);
        addresses = Map.copyOf(addresses);
    }

    FoundMachines found() {
        Set<String> there = new HashSet<>();
        Map<String, Integer> instances = new HashMap<>();
        seen.machines().values().forEach(machine -> {
            if (machine.power() != Power.ABSENT) {
                there.add(machine.name());
            }
            if (machine.sight() instanceof Sight.Running running) {
                instances.put(machine.name(), running.instances());
            }
        });
        Map<String, Instant> readySince = new HashMap<>();
        known.forEach(machine -> {
            Instant preparedAt = machine.preparedAt();
            if (preparedAt != null) {
                readySince.put(machine.name(), preparedAt);
            }
        });
        return new FoundMachines(there, readySince, instances);
    }
}
