package io.gantry.benchmarks.placement;

import io.gantry.contract.NodeId;
import io.gantry.loadbalancer.placement.Demand;
import org.jspecify.annotations.Nullable;

/** A way to choose nodes. */
interface Contender {
    @Nullable
    NodeId choose(Demand demand);

    void reserve(NodeId node, Demand demand);

    default @Nullable NodeId place(Demand demand) {
        NodeId node = choose(demand);
        if (node != null) {
            reserve(node, demand);
        }
        return node;
    }
}
