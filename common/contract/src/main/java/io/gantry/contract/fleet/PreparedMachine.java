package io.gantry.contract.fleet;

import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Memory;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * A machine of the fleet whose Docker Engine was made ready; whether it answers now is for others to see. Keyed by its id;
 * one that has left the fleet is a tombstone. It carries no credential: the key to it lies with the services that use it.
 *
 * @param id the machine's name
 * @param engine its Docker Engine, {@code ssh://gantry@10.0.0.4:22}
 * @param hostKey the SSH host key pinned at provisioning, as in a known_hosts line without the host
 * @param address where its platform services and its instances are reached
 * @param runsApps whether it is to be a node; a machine for platform services alone is none
 * @param cpus cores that instances may use
 * @param memory that instances may use: what platform services there may use is taken off
 * @param cordoned takes no new instances
 * @param since when its engine became ready
 */
public record PreparedMachine(
        NodeId id,
        URI engine,
        String hostKey,
        String address,
        boolean runsApps,
        double cpus,
        Memory memory,
        Map<String, String> labels,
        boolean cordoned,
        Instant since) {
    public PreparedMachine {
        labels = Map.copyOf(labels);
    }
}
