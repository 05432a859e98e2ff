package io.gantry.loadbalancer.placement;

import org.jspecify.annotations.Nullable;

/** The best spot seen so far for one demand. */
final class Search {
    private final Cluster cluster;
    private final Demand demand;
    private final @Nullable Replicas replicas;
    private @Nullable Spot best;
    private int bestReplicas = Integer.MAX_VALUE;
    private double bestLoad = Double.POSITIVE_INFINITY;

    private Search(Cluster cluster, Demand demand, @Nullable Replicas replicas) {
        this.cluster = cluster;
        this.demand = demand;
        this.replicas = replicas;
    }

    /** For the least loaded, whatever else of the service is there. */
    static Search forLightest(Cluster cluster, Demand demand) {
        return new Search(cluster, demand, null);
    }

    /** For the least loaded of those with the fewest instances of the service, where the service spreads. */
    static Search forBest(Cluster cluster, Demand demand) {
        return new Search(cluster, demand, demand.spread() ? cluster.replicas(demand.service()) : null);
    }

    /** @param spot from the cluster's pool for the demand's labels */
    void consider(Spot spot) {
        double load = spot.load(demand.share());
        if ((load >= bestLoad && bestReplicas == 0) || !cluster.fits(spot, demand)) {
            return;
        }
        int there = replicas == null ? 0 : replicas.on(spot);
        if (there < bestReplicas || (there == bestReplicas && load < bestLoad)) {
            best = spot;
            bestReplicas = there;
            bestLoad = load;
        }
    }

    @Nullable
    Spot best() {
        return best;
    }
}
