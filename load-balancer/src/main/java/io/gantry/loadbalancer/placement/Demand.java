package io.gantry.loadbalancer.placement;

import io.gantry.contract.NodeId;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.loadbalancer.ServiceId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one instance asks of a node.
 *
 * @param labels a node must carry all of these
 * @param spread whether a node with fewer instances of the service goes before one with less load
 * @param avoid nodes that just failed this instance: it goes there only if no other fits
 * @param home the one node it may go to, because the rest of its app is there; null: any
 */
public record Demand(
        ServiceId service,
        Share share,
        Map<String, String> labels,
        boolean spread,
        Set<NodeId> avoid,
        @Nullable NodeId home) {
    public Demand(ServiceId service, Share share, Map<String, String> labels, boolean spread, Set<NodeId> avoid) {
        this(service, share, labels, spread, avoid, null);
    }

    public Demand {
        labels = Map.copyOf(labels);
        avoid = Set.copyOf(avoid);
    }

    Demand wherever() {
        return new Demand(service, share, labels, spread, Set.of(), home);
    }

    public static Demand of(PlacementRequest.Place place, @Nullable NodeId home) {
        return new Demand(
                new ServiceId(place.app(), place.service()),
                Share.of(place.resources()),
                place.placement().labels(),
                place.placement().spread(),
                place.avoid(),
                home);
    }
}
