package io.gantry.loadbalancer.placement;

import io.gantry.contract.NodeId;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a node: the least loaded of those that fit; where a service spreads, the least loaded of those with the fewest
 * of its instances.
 *
 * <p>A few nodes are looked at exhaustively. Of many, a handful drawn at random is enough: the best of eight is as good as
 * the best of all, give or take a container. Where the handful has no node that fits, or none without an instance of a
 * service that spreads, all are looked at, so what fits is never refused and what spreads is always spread.
 */
public final class Placer {
    private static final int FEW = 32;
    private static final int HANDFUL = 8;

    private final Cluster cluster;
    private final SplittableRandom random;
    private final int few;

    /** The same seed, cluster and demands give the same choices. */
    public Placer(Cluster cluster, long seed) {
        this(cluster, seed, FEW);
    }

    private Placer(Cluster cluster, long seed, int few) {
        this.cluster = cluster;
        this.random = new SplittableRandom(seed);
        this.few = few;
    }

    /** One that always looks at every node: what the other is measured against. */
    public static Placer exhaustive(Cluster cluster) {
        return new Placer(cluster, 0, Integer.MAX_VALUE);
    }

    /** @return none if no node fits; {@link Explanation} says why */
    public @Nullable NodeId choose(Demand demand) {
        Pool pool = cluster.pool(demand.labels());
        int node = pool.size() <= few ? bestOf(pool, demand) : bestOfHandful(pool, demand);
        return node == Search.NONE ? null : cluster.id(node);
    }

    private int bestOf(Pool pool, Demand demand) {
        Search search = new Search(cluster, demand);
        for (int position = 0; position < pool.size(); position++) {
            search.consider(pool.at(position));
        }
        return search.best();
    }

    private int bestOfHandful(Pool pool, Demand demand) {
        Search search = new Search(cluster, demand);
        for (int draw = 0; draw < HANDFUL; draw++) {
            search.consider(pool.at(random.nextInt(pool.size())));
        }
        return search.isConclusive() ? search.best() : bestOf(pool, demand);
    }
}
