package io.gantry.loadbalancer.placement;

import static java.util.stream.Collectors.joining;

import io.gantry.contract.placement.Veto;
import io.gantry.contract.registry.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Every known node, judged for one demand. */
final class Judgement {
    private final Cluster cluster;
    private final Demand demand;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Veto> vetoes = new ArrayList<>();
    private final Map<Filter, Integer> refused = new EnumMap<>(Filter.class);
    private int nodes;

    Judgement(Cluster cluster, Demand demand) {
        this.cluster = cluster;
        this.demand = demand;
        cluster.known().forEach(this::judge);
        candidates.sort(bestFirst());
    }

    Explanation explanation() {
        return new Explanation(candidates.stream().limit(Explanation.SHOWN).toList(), vetoes, summary());
    }

    private void judge(Spot spot) {
        Node node = Objects.requireNonNull(spot.node());
        Share free = spot.free();
        nodes++;
        Filter.firstToRefuse(node, free, demand)
                .ifPresentOrElse(
                        filter -> refuse(filter, node, free), () -> candidates.add(cluster.candidate(spot, demand)));
    }

    private void refuse(Filter filter, Node node, Share free) {
        refused.merge(filter, 1, Integer::sum);
        if (vetoes.size() < Explanation.SHOWN) {
            vetoes.add(new Veto(node.id(), filter.label(), filter.reason(node, free, demand)));
        }
    }

    private Comparator<Candidate> bestFirst() {
        Comparator<Candidate> byLoad = Comparator.comparingDouble(Candidate::load);
        return demand.spread() ? Comparator.comparingInt(Candidate::replicas).thenComparing(byLoad) : byLoad;
    }

    private String summary() {
        if (nodes == 0) {
            return "there is no node";
        }
        String fit = "%d of %d nodes can take it".formatted(candidates.size(), nodes);
        return refused.isEmpty() ? fit : fit + "; " + refusals();
    }

    private String refusals() {
        return refused.entrySet().stream()
                .map(count -> count.getKey().counted(count.getValue()))
                .collect(joining(", "));
    }
}
