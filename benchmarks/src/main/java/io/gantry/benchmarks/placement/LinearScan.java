package io.gantry.benchmarks.placement;

import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Node;
import io.gantry.loadbalancer.ServiceId;
import io.gantry.loadbalancer.placement.Demand;
import io.gantry.loadbalancer.placement.Share;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plain way to the same answer: look at every node for every request. What the core is measured and checked against. */
final class LinearScan implements Contender {
    private final List<Node> nodes;
    private final Map<NodeId, Integer> indexes = new HashMap<>();
    private final long[] milliCpus;
    private final long[] memory;
    private final List<Map<ServiceId, Integer>> replicas;

    LinearScan(Trace trace) {
        this.nodes = trace.nodes();
        this.milliCpus = new long[nodes.size()];
        this.memory = new long[nodes.size()];
        this.replicas = nodes.stream()
                .<Map<ServiceId, Integer>>map(node -> new HashMap<>())
                .toList();
        for (int index = 0; index < nodes.size(); index++) {
            indexes.put(nodes.get(index).id(), index);
        }
        trace.replayStart(this);
    }

    @Override
    public @Nullable NodeId choose(Demand demand) {
        int best = -1;
        int bestReplicas = Integer.MAX_VALUE;
        double bestLoad = Double.POSITIVE_INFINITY;
        for (int index = 0; index < nodes.size(); index++) {
            double load = load(index, demand.share());
            if (load > 1 || !carries(index, demand.labels()) || (load >= bestLoad && bestReplicas == 0)) {
                continue;
            }
            int there = replicas.get(index).getOrDefault(demand.service(), 0);
            if (there < bestReplicas || (there == bestReplicas && load < bestLoad)) {
                best = index;
                bestReplicas = there;
                bestLoad = load;
            }
        }
        return best < 0 ? null : nodes.get(best).id();
    }

    @Override
    public void reserve(NodeId node, Demand demand) {
        int index = indexes.getOrDefault(node, -1);
        milliCpus[index] += demand.share().milliCpus();
        memory[index] += demand.share().memory();
        replicas.get(index).merge(demand.service(), 1, Integer::sum);
    }

    private boolean carries(int index, Map<String, String> labels) {
        return nodes.get(index).labels().entrySet().containsAll(labels.entrySet());
    }

    private double load(int index, Share more) {
        Node node = nodes.get(index);
        return Math.max(
                (milliCpus[index] + more.milliCpus()) / (node.cpus() * 1000),
                (double) (memory[index] + more.memory()) / node.memory().bytes());
    }
}
