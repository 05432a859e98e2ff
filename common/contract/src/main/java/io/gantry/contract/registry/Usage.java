package io.gantry.contract.registry;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import java.time.Instant;
import java.util.List;

/**
 * What a node and the instances on it use. Keyed by node id; only the newest counts.
 *
 * @param cpus cores in use by all instances together, averaged since the sample before
 * @param memory bytes in use by all instances together
 */
public record Usage(NodeId node, Instant at, double cpus, long memory, List<OfInstance> instances) {
    public Usage {
        instances = List.copyOf(instances);
    }

    /**
     * @param cpus cores in use, averaged since the sample before
     * @param memory bytes in use, page cache left out
     */
    public record OfInstance(InstanceId id, AppName app, ServiceName service, double cpus, long memory) {}
}
