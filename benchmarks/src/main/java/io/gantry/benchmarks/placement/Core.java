package io.gantry.benchmarks.placement;

import io.gantry.contract.NodeId;
import io.gantry.loadbalancer.placement.Cluster;
import io.gantry.loadbalancer.placement.Demand;
import io.gantry.loadbalancer.placement.Placer;
import org.jspecify.annotations.Nullable;

/** The placement core, as the load-balancer uses it. */
final class Core implements Contender {
    private final Cluster cluster = new Cluster();
    private final Placer placer = new Placer(cluster, 1);

    Core(Trace trace) {
        trace.nodes().forEach(cluster::set);
        trace.replayStart(this);
    }

    @Override
    public @Nullable NodeId choose(Demand demand) {
        return placer.choose(demand);
    }

    @Override
    public void reserve(NodeId node, Demand demand) {
        cluster.reserve(node, demand.service(), demand.share());
    }

    double[] loads() {
        return cluster.loads();
    }
}
