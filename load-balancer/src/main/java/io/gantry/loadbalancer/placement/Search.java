package io.gantry.loadbalancer.placement;

/** The best node seen so far for one demand. */
final class Search {
    static final int NONE = -1;

    private final Cluster cluster;
    private final Demand demand;
    private final Replicas replicas;
    private final boolean manyLabels;
    private int best = NONE;
    private int bestReplicas = Integer.MAX_VALUE;
    private double bestLoad = Double.POSITIVE_INFINITY;

    Search(Cluster cluster, Demand demand) {
        this.cluster = cluster;
        this.demand = demand;
        this.replicas = cluster.replicas(demand.service());
        this.manyLabels = demand.labels().size() > 1;
    }

    /** @param node from the cluster's pool for the demand's labels */
    void consider(int node) {
        if (!fits(node)) {
            return;
        }
        double load = cluster.load(node, demand.share());
        if (load >= bestLoad && isConclusive()) {
            return;
        }
        int there = demand.spread() ? replicas.on(node) : 0;
        if (there < bestReplicas || (there == bestReplicas && load < bestLoad)) {
            best = node;
            bestReplicas = there;
            bestLoad = load;
        }
    }

    int best() {
        return best;
    }

    /** Whether no node could have fewer instances of the service than the best. */
    boolean isConclusive() {
        return bestReplicas == 0;
    }

    private boolean fits(int node) {
        return cluster.hasRoom(node, demand.share())
                && !cluster.isAmong(demand.avoid(), node)
                && (!manyLabels || cluster.carries(node, demand.labels()));
    }
}
