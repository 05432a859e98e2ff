package io.gantry.loadbalancer.reservation;

import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.contract.registry.Node;
import io.gantry.loadbalancer.ServiceId;
import io.gantry.loadbalancer.placement.Candidate;
import io.gantry.loadbalancer.placement.Cluster;
import io.gantry.loadbalancer.placement.Demand;
import io.gantry.loadbalancer.placement.Explanation;
import io.gantry.loadbalancer.placement.Homes;
import io.gantry.loadbalancer.placement.Placer;
import io.gantry.loadbalancer.placement.Share;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ledger in memory, as of one revision. */
final class Picture {
    private final Cluster cluster = new Cluster();
    private final Homes homes = new Homes();
    private final Map<InstanceId, Reservation> held = new HashMap<>();
    private final Placer placer;
    private long revision;

    Picture(long seed) {
        this.placer = new Placer(cluster, seed);
    }

    long revision() {
        return revision;
    }

    void isAsOf(long newRevision) {
        revision = newRevision;
    }

    Demand demand(Place place) {
        ServiceId service = new ServiceId(place.app(), place.service());
        return Demand.of(place, homes.of(service, place.accompanied(), cluster::keeps));
    }

    @Nullable
    NodeId choose(Demand demand) {
        return placer.choose(demand);
    }

    Explanation explain(Demand demand) {
        return Explanation.of(cluster, demand);
    }

    boolean holds(InstanceId instance) {
        return held.containsKey(instance);
    }

    boolean hasRoom(NodeId node, Share share) {
        return cluster.hasRoom(node, share);
    }

    Candidate candidate(NodeId node, Demand demand) {
        return cluster.candidate(node, demand);
    }

    void apply(NodeId id, @Nullable Node node) {
        if (node == null) {
            cluster.remove(id);
        } else {
            cluster.set(node);
        }
    }

    void apply(Reservation reservation) {
        Reservation before = held.remove(reservation.instance());
        if (before != null) {
            cluster.release(before.node(), before.service(), before.share());
            if (before.isSettled()) {
                homes.remove(before.node(), before.service());
            }
        }
        if (reservation.holds()) {
            held.put(reservation.instance(), reservation);
            cluster.reserve(reservation.node(), reservation.service(), reservation.share());
            if (reservation.isSettled()) {
                homes.add(reservation.node(), reservation.service());
            }
        }
    }
}
