package io.gantry.loadbalancer.placement;

import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Node;
import io.gantry.loadbalancer.ServiceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Nodes and what is reserved on them. Not safe for use by several threads at once.
 *
 * <p>What is reserved on a node that is not known (any more) is remembered: the node may be heard of later.
 */
public final class Cluster {
    private final Map<NodeId, Spot> byId = new HashMap<>();
    private final List<Spot> spots = new ArrayList<>();
    private final Pool open = new Pool();
    private final Map<Map.Entry<String, String>, Pool> labelled = new HashMap<>();
    private final Pool nowhere = new Pool();
    private final Map<ServiceId, Replicas> replicas = new HashMap<>();

    /** A node appeared or changed. */
    public void set(Node node) {
        Spot spot = spot(node.id());
        withdraw(spot);
        spot.set(node);
        if (spot.isOpen()) {
            open.add(spot);
            node.labels()
                    .entrySet()
                    .forEach(label ->
                            labelled.computeIfAbsent(label, any -> new Pool()).add(spot));
        }
    }

    public void remove(NodeId node) {
        Spot spot = spot(node);
        withdraw(spot);
        spot.set(null);
    }

    public void reserve(NodeId node, ServiceId service, Share share) {
        Spot spot = spot(node);
        spot.reserve(share);
        replicas(service).add(spot, 1);
    }

    /** Undoes one {@link #reserve} with the same arguments. */
    public void release(NodeId node, ServiceId service, Share share) {
        Spot spot = spot(node);
        spot.release(share);
        replicas(service).add(spot, -1);
    }

    /** How well a node suits, as the cluster is before the demand's share is reserved. */
    public Candidate candidate(NodeId node, Demand demand) {
        return candidate(spot(node), demand);
    }

    public boolean hasRoom(NodeId node, Share share) {
        return spot(node).hasRoom(share);
    }

    /** Whether the node is there and is to keep what it has. */
    public boolean keeps(NodeId id) {
        Node node = spot(id).node();
        return node != null && !node.cordoned();
    }

    /** How full the scarcer resource of each known node is: 1 is full. */
    public double[] loads() {
        return known().mapToDouble(spot -> spot.load(Share.NOTHING)).toArray();
    }

    Stream<Spot> known() {
        return spots.stream().filter(spot -> spot.node() != null);
    }

    /** The spots that take instances and carry the labels, or at least the rarest of them. */
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

    boolean fits(Spot spot, Demand demand) {
        return spot.hasRoom(demand.room())
                && (demand.avoid().isEmpty() || !demand.avoid().contains(spot.id()))
                && (demand.labels().size() < 2 || carries(spot, demand.labels()));
    }

    @Nullable
    Spot fittingIn(Pool pool, NodeId node, Demand demand) {
        Spot spot = spot(node);
        return pool.contains(spot) && fits(spot, demand) ? spot : null;
    }

    boolean carries(Spot spot, Map<String, String> labels) {
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (!labelled.getOrDefault(label, nowhere).contains(spot)) {
                return false;
            }
        }
        return true;
    }

    Candidate candidate(Spot spot, Demand demand) {
        return new Candidate(
                spot.id(), spot.load(demand.share()), replicas(demand.service()).on(spot));
    }

    Replicas replicas(ServiceId service) {
        return replicas.computeIfAbsent(service, any -> new Replicas());
    }

    private void withdraw(Spot spot) {
        open.remove(spot);
        labelled.values().forEach(pool -> pool.remove(spot));
    }

    private Spot spot(NodeId node) {
        return byId.computeIfAbsent(node, this::append);
    }

    private Spot append(NodeId node) {
        Spot spot = new Spot(spots.size(), node);
        spots.add(spot);
        return spot;
    }
}
