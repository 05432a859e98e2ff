package io.gantry.loadbalancer.placement;

import io.gantry.contract.NodeId;
import io.gantry.contract.placement.PlacementRequest.Companion;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.loadbalancer.ServiceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one instance asks of a node.
 *
 * @param share what is to be reserved for it
 * @param room what the node must have free: the share, and where the instance is the first of an app that goes to one node, what
 *     all of that app comes to
 * @param labels a node must carry all of these
 * @param spread whether a node with fewer instances of the service goes before one with less load
 * @param avoid nodes that just failed this instance: it goes there only if no other fits
 * @param home the one node it may go to, because the rest of its app is there; null: any
 */
public record Demand(
        ServiceId service,
        Share share,
        Share room,
        Map<String, String> labels,
        boolean spread,
        Set<NodeId> avoid,
        @Nullable NodeId home) {
    public Demand(ServiceId service, Share share, Map<String, String> labels, boolean spread, Set<NodeId> avoid) {
        this(service, share, share, labels, spread, avoid, null);
    }

    public Demand {
        labels = Map.copyOf(labels);
        avoid = Set.copyOf(avoid);
    }

    Demand wherever() {
        return new Demand(service, share, room, labels, spread, Set.of(), home);
    }

    public static Demand of(Place place, @Nullable NodeId home) {
        Share share = Share.of(place.resources());
        boolean first = home == null;
        return new Demand(
                new ServiceId(place.app(), place.service()),
                share,
                first ? share.plus(ofAll(place)) : share,
                first ? labelsOfAll(place) : place.placement().labels(),
                place.placement().spread(),
                place.avoid(),
                home);
    }

    private static Share ofAll(Place place) {
        return place.companions().stream()
                .map(companion -> Share.of(companion.resources()))
                .reduce(Share.NOTHING, Share::plus);
    }

    private static Map<String, String> labelsOfAll(Place place) {
        Map<String, String> labels = new HashMap<>();
        place.companions().stream().map(Companion::labels).forEach(labels::putAll);
        labels.putAll(place.placement().labels());
        return labels;
    }

    /** Whether it asks for more room than is reserved for it. */
    boolean isOfAnApp() {
        return !room.equals(share);
    }
}
