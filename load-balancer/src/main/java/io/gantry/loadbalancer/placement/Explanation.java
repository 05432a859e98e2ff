package io.gantry.loadbalancer.placement;

import static java.util.stream.Collectors.joining;

import io.gantry.contract.NodeId;
import io.gantry.contract.placement.Veto;
import java.util.List;
import java.util.Set;

/**
 * Why a demand gets the node it gets, or none.
 *
 * @param candidates nodes that fit, the best first, {@value #SHOWN} at most
 * @param vetoes why others do not, {@value #SHOWN} at most
 * @param summary of all nodes, a sentence: {@code 1 of 3 nodes fits; 1 unreachable, 1 without room}
 */
public record Explanation(List<Candidate> candidates, List<Veto> vetoes, String summary) {
    static final int SHOWN = 50;

    public Explanation {
        candidates = List.copyOf(candidates);
        vetoes = List.copyOf(vetoes);
    }

    /** Judges every node anew, as the cluster is before the demand's share is reserved; slower than to choose one. */
    public static Explanation of(Cluster cluster, Demand demand) {
        Explanation first = new Judgement(cluster, demand).explanation();
        boolean settled = demand.avoid().isEmpty() || !first.candidates().isEmpty();
        return settled
                ? first
                : new Judgement(cluster, demand.wherever()).explanation().despite(demand.avoid());
    }

    /** What one of the nodes lacks, with the figures, to go on behind the summary; empty if nothing is short. */
    public String example() {
        return vetoes.stream()
                .filter(veto -> veto.filter().equals(Filter.CAPACITY.label()))
                .findFirst()
                .map(veto -> " (%s: %s)".formatted(veto.node(), veto.reason()))
                .orElse("");
    }

    private Explanation despite(Set<NodeId> failed) {
        return candidates.isEmpty()
                ? this
                : new Explanation(
                        candidates,
                        vetoes,
                        "%s; none but where it has just failed (%s)".formatted(summary, listed(failed)));
    }

    private static String listed(Set<NodeId> nodes) {
        return nodes.stream().map(NodeId::value).sorted().collect(joining(", "));
    }
}
