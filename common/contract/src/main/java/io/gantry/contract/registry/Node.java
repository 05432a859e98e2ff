package io.gantry.contract.registry;

import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Memory;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine that runs instances. It carries no credential: the key to it lies with the services that use it.
 *
 * @param engine its Docker Engine: {@code unix:///var/run/docker.sock} on this machine, or {@code ssh://user@host:22}
 * @param hostKey the SSH host key pinned at provisioning, as in a known_hosts line without the host
 * @param address where its instances are reached
 * @param cpus cores that instances may use
 * @param memory that instances may use
 * @param cordoned takes no new instances
 * @param since when it entered its state
 */
public record Node(
        NodeId id,
        URI engine,
        @Nullable String hostKey,
        String address,
        double cpus,
        Memory memory,
        Map<String, String> labels,
        NodeState state,
        boolean cordoned,
        Instant since) {
    public Node {
        labels = Map.copyOf(labels);
    }
}
