package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.fleet.FleetDocument;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.replica.ReplicaRow;
import io.gantry.machines.platform.MachineAddress;
import java.util.List;
import java.util.Map;

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
}
