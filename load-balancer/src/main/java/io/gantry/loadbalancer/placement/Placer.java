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
 *
 * <p>A node to avoid is taken where no other fits: to wait for another might be to wait in vain.
 */
public final class Placer {
    private static final int FEW = 32;
    private static final int HANDFUL = 8;

    private final Cluster cluster;
    private final SplittableRandom random;
    private final Spot[] handful = new Spot[HANDFUL];

    /** The same seed, cluster and demands give the same choices. */
    public Placer(Cluster cluster, long seed) {
        this.cluster = cluster;
        this.random = new SplittableRandom(seed);
    }

    /** @return none if no node fits; {@link Explanation} says why */
    public @Nullable NodeId choose(Demand demand) {
        Pool pool = cluster.pool(demand.labels());
        Spot spot = best(pool, demand);
        if (spot == null && !demand.avoid().isEmpty()) {
            spot = best(pool, demand.wherever());
        }
        return spot == null ? null : spot.id();
    }

    private @Nullable Spot best(Pool pool, Demand demand) {
        if (demand.home() != null) {
            return cluster.fittingIn(pool, demand.home(), demand);
        }
        Spot spot = pool.size() > FEW ? bestOfSome(pool, demand) : null;
        return spot == null ? bestOfAll(pool, demand) : spot;
    }

    private @Nullable Spot bestOfAll(Pool pool, Demand demand) {
        Search search = Search.forBest(cluster, demand);
        for (int position = 0; position < pool.size(); position++) {
            search.consider(pool.at(position));
        }
        return search.best();
    }

    /** None if all have to be looked at. The lightest of the handful mostly has no instance of the service: try it first. */
    private @Nullable Spot bestOfSome(Pool pool, Demand demand) {
        draw(pool);
        Spot lightest = bestOfHandful(Search.forLightest(cluster, demand));
        if (lightest == null || isAsSpreadAsCanBe(lightest, demand)) {
            return lightest;
        }
        Spot best = bestOfHandful(Search.forBest(cluster, demand));
        return best != null && isAsSpreadAsCanBe(best, demand) ? best : null;
    }

    private void draw(Pool pool) {
        for (int draw = 0; draw < HANDFUL; draw++) {
            handful[draw] = pool.at(random.nextInt(pool.size()));
        }
    }

    private @Nullable Spot bestOfHandful(Search search) {
        for (Spot spot : handful) {
            search.consider(spot);
        }
        return search.best();
    }

    private boolean isAsSpreadAsCanBe(Spot spot, Demand demand) {
        return !demand.spread() || cluster.replicas(demand.service()).on(spot) == 0;
    }
}
