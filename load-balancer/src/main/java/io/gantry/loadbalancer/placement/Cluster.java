package io.gantry.loadbalancer.placement;

import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.loadbalancer.ServiceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Nodes and what is reserved on them, laid out in arrays so that a decision touches little memory. Not safe for use by
 * several threads at once.
 *
 * <p>What is reserved on a node that is not known (any more) is remembered: the node may be heard of later.
 */
public final class Cluster {
    private final Map<NodeId, Integer> indexes = new HashMap<>();
    private final List<NodeId> ids = new ArrayList<>();
    private final Map<Map.Entry<String, String>, Pool> labelled = new HashMap<>();
    private final Map<ServiceId, Replicas> replicas = new HashMap<>();
    private final Pool open = new Pool();
    private final Pool nowhere = new Pool();

    private @Nullable Node[] nodes = {};
    private long[] cpuCapacity = {};
    private long[] cpuReserved = {};
    private double[] cpuPart = {};
    private long[] memoryCapacity = {};
    private long[] memoryReserved = {};
    private double[] memoryPart = {};

    /** A node appeared or changed. */
    public void set(Node node) {
        int index = indexOf(node.id());
        withdraw(index);
        nodes[index] = node;
        Share capacity = Share.of(node.cpus(), node.memory());
        cpuCapacity[index] = capacity.milliCpus();
        cpuPart[index] = part(capacity.milliCpus());
        memoryCapacity[index] = capacity.memory();
        memoryPart[index] = part(capacity.memory());
        if (node.state() == NodeState.READY && !node.cordoned()) {
            open.add(index);
            node.labels()
                    .entrySet()
                    .forEach(label ->
                            labelled.computeIfAbsent(label, any -> new Pool()).add(index));
        }
    }

    public void remove(NodeId node) {
        int index = indexOf(node);
        withdraw(index);
        nodes[index] = null;
    }

    public void reserve(NodeId node, ServiceId service, Share share) {
        book(indexOf(node), service, share, 1);
    }

    /** Undoes one {@link #reserve} with the same arguments. */
    public void release(NodeId node, ServiceId service, Share share) {
        book(indexOf(node), service, share, -1);
    }

    /** How well a node suits, as the cluster is before the demand's share is reserved. */
    public Candidate candidate(NodeId node, Demand demand) {
        return candidate(indexOf(node), demand);
    }

    /** What is reserved on each known node, as a part of what the node has, on its scarcer resource. */
    public double[] loads() {
        DoubleStream.Builder loads = DoubleStream.builder();
        forEachNode((node, index) -> loads.add(load(index, Share.NOTHING)));
        return loads.build().toArray();
    }

    void forEachNode(ObjIntConsumer<Node> visitor) {
        for (int index = 0; index < ids.size(); index++) {
            Node node = nodes[index];
            if (node != null) {
                visitor.accept(node, index);
            }
        }
    }

    NodeId id(int node) {
        return ids.get(node);
    }

    boolean isAmong(Set<NodeId> some, int node) {
        return !some.isEmpty() && some.contains(ids.get(node));
    }

    /** The nodes that take instances and carry the labels, or at least the rarest of them. */
    Pool pool(Map<String, String> labels) {
        Pool smallest = open;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            Pool pool = labelled.getOrDefault(label, nowhere);
            if (pool.size() < smallest.size()) {
                smallest = pool;
            }
        }
        return smallest;
    }

    boolean carries(int node, Map<String, String> labels) {
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (!labelled.getOrDefault(label, nowhere).contains(node)) {
                return false;
            }
        }
        return true;
    }

    boolean hasRoom(int node, Share share) {
        return share.milliCpus() <= cpuCapacity[node] - cpuReserved[node]
                && share.memory() <= memoryCapacity[node] - memoryReserved[node];
    }

    /** What is left on a node; less than nothing where more is in use than the node offers. */
    Share free(int node) {
        return new Share(cpuCapacity[node] - cpuReserved[node], memoryCapacity[node] - memoryReserved[node]);
    }

    /** How full the node's scarcer resource is with so much more on it: 1 is full. */
    double load(int node, Share more) {
        return Math.max(
                (cpuReserved[node] + more.milliCpus()) * cpuPart[node],
                (memoryReserved[node] + more.memory()) * memoryPart[node]);
    }

    Candidate candidate(int node, Demand demand) {
        return new Candidate(
                ids.get(node),
                load(node, demand.share()),
                replicas(demand.service()).on(node));
    }

    Replicas replicas(ServiceId service) {
        return replicas.computeIfAbsent(service, any -> new Replicas());
    }

    private void book(int node, ServiceId service, Share share, int count) {
        cpuReserved[node] += count * share.milliCpus();
        memoryReserved[node] += count * share.memory();
        replicas(service).add(node, count);
    }

    private void withdraw(int node) {
        open.remove(node);
        labelled.values().forEach(pool -> pool.remove(node));
    }

    private int indexOf(NodeId node) {
        Integer index = indexes.get(node);
        return index != null ? index : append(node);
    }

    private int append(NodeId node) {
        int index = ids.size();
        if (index == nodes.length) {
            resize(Math.max(16, 2 * index));
        }
        ids.add(node);
        indexes.put(node, index);
        return index;
    }

    private void resize(int length) {
        nodes = Arrays.copyOf(nodes, length);
        cpuCapacity = Arrays.copyOf(cpuCapacity, length);
        cpuReserved = Arrays.copyOf(cpuReserved, length);
        cpuPart = Arrays.copyOf(cpuPart, length);
        memoryCapacity = Arrays.copyOf(memoryCapacity, length);
        memoryReserved = Arrays.copyOf(memoryReserved, length);
        memoryPart = Arrays.copyOf(memoryPart, length);
    }

    private static double part(long capacity) {
        return capacity == 0 ? 0 : 1.0 / capacity;
    }
}
