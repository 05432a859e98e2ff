package io.gantry.loadbalancer.placement;

import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import org.jspecify.annotations.Nullable;

/**
 * A node's place in a cluster: what it has and what of it is reserved. Its figures lie together, so that to weigh a node
 * is to read one line of memory.
 */
final class Spot {
    private final int index;
    private long cpuCapacity;
    private long cpuReserved;
    private double cpuPart;
    private long memoryCapacity;
    private long memoryReserved;
    private double memoryPart;
    private final NodeId id;
    private @Nullable Node node;

    Spot(int index, NodeId id) {
        this.index = index;
        this.id = id;
    }

    int index() {
        return index;
    }

    NodeId id() {
        return id;
    }

    /** None: it is not known, or not any more. */
    @Nullable
    Node node() {
        return node;
    }

    boolean isOpen() {
        return node != null && node.state() == NodeState.READY && !node.cordoned();
    }

    void set(@Nullable Node newNode) {
        node = newNode;
        Share capacity = newNode == null ? Share.NOTHING : Share.of(newNode.cpus(), newNode.memory());
        cpuCapacity = capacity.milliCpus();
        cpuPart = part(cpuCapacity);
        memoryCapacity = capacity.memory();
        memoryPart = part(memoryCapacity);
    }

    void reserve(Share share) {
        cpuReserved += share.milliCpus();
        memoryReserved += share.memory();
    }

    void release(Share share) {
        cpuReserved -= share.milliCpus();
        memoryReserved -= share.memory();
    }

    boolean hasRoom(Share share) {
        return share.milliCpus() <= cpuCapacity - cpuReserved && share.memory() <= memoryCapacity - memoryReserved;
    }

    /** Less than nothing where more is in use than the node offers. */
    Share free() {
        return new Share(cpuCapacity - cpuReserved, memoryCapacity - memoryReserved);
    }

    /** How full the scarcer resource is with so much more on it: 1 is full. */
    double load(Share more) {
        return Math.max((cpuReserved + more.milliCpus()) * cpuPart, (memoryReserved + more.memory()) * memoryPart);
    }

    private static double part(long capacity) {
        return capacity == 0 ? 0 : 1.0 / capacity;
    }
}
