package io.gantry.contract.placement;

import io.gantry.contract.AppName;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Memory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What no node has room for, and how the nodes of pools are used: by this the lifecycle-manager has machines come and go. It is
 * told every few seconds for as long as there is anything to tell, and once more when there is not. Only the newest counts, and
 * only as long as it is fresh. All have the key {@link #KEY}.
 *
 * @param at the instant at which all of it was so
 * @param waiting instances that wait for a node, whatever would help them
 * @param shortages what another node would help, the longest first; at most {@value #MOST}
 * @param nodes those that carry the label {@link #POOL}
 */
public record CapacityReport(Instant at, int waiting, List<Shortage> shortages, List<PoolNode> nodes) {
    public static final String KEY = "fleet";

    /** The label that each machine of a pool carries; its value is the pool's name. */
    public static final String POOL = "gantry/pool";

    public static final int MOST = 100;

    public CapacityReport {
        shortages = List.copyOf(shortages);
        nodes = List.copyOf(nodes);
    }

    /** Nothing waits, and there is no pool. */
    public boolean saysNothing() {
        return waiting == 0 && nodes.isEmpty();
    }

    /**
     * Instances that wait. Of an app whose services reach each other only on one node, all that wait; else those of one service.
     *
     * @param services that they are of
     * @param instances how many they are
     * @param cpus in cores, and
     * @param memory that a node must have free to help
     * @param labels that it must carry
     * @param since when the first of them began to wait
     */
    public record Shortage(
            AppName app,
            List<ServiceName> services,
            int instances,
            double cpus,
            Memory memory,
            Map<String, String> labels,
            Instant since) {
        public Shortage {
            services = List.copyOf(services);
            labels = Map.copyOf(labels);
        }
    }

    /**
     * @param ready its engine answers
     * @param cordoned takes no new instances
     * @param idleSince when it became ready, or what was there last ended: nothing is there, and nothing is about to be; none: it
     *     is used
     */
    public record PoolNode(
            NodeId node,
            boolean ready,
            boolean cordoned,
            @Nullable Instant idleSince) {}
}
