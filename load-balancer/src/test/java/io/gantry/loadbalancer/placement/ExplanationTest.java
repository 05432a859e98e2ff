package io.gantry.loadbalancer.placement;

import static io.gantry.loadbalancer.Fixtures.SHOP_WEB;
import static io.gantry.loadbalancer.Fixtures.cordoned;
import static io.gantry.loadbalancer.Fixtures.labelled;
import static io.gantry.loadbalancer.Fixtures.node;
import static io.gantry.loadbalancer.Fixtures.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.placement.Veto;
import io.gantry.contract.registry.Node;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final NodeId A = new NodeId("a");
    private static final Share HALF = new Share(500, Memory.mebibytes(256).bytes());
    private static final Demand DEMAND = new Demand(SHOP_WEB, HALF, Map.of(), true, Set.of());

    private final Cluster cluster = new Cluster();

    @Test
    void a_node_that_does_not_answer_says_since_when() {
        assertThat(vetoOf(unreachable(node("a", 4, 1024)), DEMAND))
                .isEqualTo(new Veto(A, "ready", "its Docker Engine has not answered since 2026-01-01T00:00:00Z"));
    }

    @Test
    void a_cordoned_node_says_so() {
        assertThat(vetoOf(cordoned(node("a", 4, 1024)), DEMAND))
                .isEqualTo(new Veto(A, "cordoned", "it is cordoned: it takes no new instances"));
    }

    @Test
    void a_node_without_the_labels_says_which_it_has() {
        Node node = labelled(node("a", 4, 1024), Map.of("zone", "2"));
        Demand demand = new Demand(SHOP_WEB, HALF, Map.of("zone", "1"), true, Set.of());
        assertThat(vetoOf(node, demand))
                .isEqualTo(new Veto(A, "labels", "its labels are {zone=2}, asked for are {zone=1}"));
    }

    @Test
    void a_node_to_avoid_says_why() {
        cluster.set(node("b", 4, 1024));
        assertThat(vetoOf(node("a", 4, 1024), avoidingA()))
                .isEqualTo(new Veto(A, "avoid", "the instance has just failed there"));
    }

    @Test
    void a_node_to_avoid_is_a_candidate_where_no_other_fits_and_the_summary_says_so() {
        cluster.set(node("a", 4, 1024));
        cluster.set(cordoned(node("b", 4, 1024)));
        Explanation why = Explanation.of(cluster, avoidingA());
        assertThat(why.candidates()).extracting(Candidate::node).containsExactly(A);
        assertThat(why.vetoes()).extracting(Veto::filter).containsExactly("cordoned");
        assertThat(why.summary())
                .isEqualTo("1 of 2 nodes can take it; 1 cordoned; none but where it has just failed (a)");
    }

    @Test
    void a_full_node_to_avoid_is_refused_because_it_is_full() {
        assertThat(vetoOf(node("a", 0.1, 1024), avoidingA()).filter()).isEqualTo("capacity");
    }

    private static Demand avoidingA() {
        return new Demand(SHOP_WEB, HALF, Map.of(), true, Set.of(A));
    }

    @Test
    void a_full_node_tells_its_figures() {
        Node node = node("a", 1, 300);
        cluster.reserve(A, SHOP_WEB, new Share(700, Memory.mebibytes(100).bytes()));
        assertThat(vetoOf(node, DEMAND))
                .isEqualTo(new Veto(
                        A,
                        "capacity",
                        "0.5 cpus are needed, 0.3 of 1 are free; 256Mi memory is needed, 200Mi of 300Mi is free"));
    }

    @Test
    void what_is_used_beyond_the_capacity_is_told_as_less_than_nothing() {
        cluster.reserve(A, SHOP_WEB, new Share(1500, Memory.mebibytes(1024).bytes()));
        assertThat(vetoOf(node("a", 1, 512), DEMAND).reason())
                .isEqualTo("0.5 cpus are needed, -0.5 of 1 are free; 256Mi memory is needed, -512Mi of 512Mi is free");
    }

    @Test
    void a_node_that_is_gone_is_not_spoken_of_and_its_reservations_come_back_with_it() {
        cluster.set(node("a", 1, 1024));
        cluster.reserve(A, SHOP_WEB, new Share(800, 0));
        cluster.remove(A);
        assertThat(Explanation.of(cluster, DEMAND))
                .extracting(Explanation::vetoes, Explanation::summary)
                .containsExactly(java.util.List.of(), "there is no node");
        assertThat(vetoOf(node("a", 1, 1024), DEMAND).filter()).isEqualTo("capacity");
    }

    @Test
    void the_summary_counts_the_nodes_by_what_they_lack() {
        cluster.set(node("a", 4, 4096));
        cluster.set(cordoned(node("b", 4, 4096)));
        cluster.set(node("c", 0.1, 4096));
        cluster.set(node("d", 4, 100));
        assertThat(Explanation.of(cluster, DEMAND).summary())
                .isEqualTo("1 of 4 nodes can take it; 1 cordoned, 2 without room");
    }

    @Test
    void the_best_candidate_comes_first() {
        cluster.set(node("a", 4, 4096));
        cluster.set(node("b", 8, 8192));
        cluster.set(node("c", 2, 2048));
        cluster.reserve(new NodeId("b"), SHOP_WEB, HALF);
        assertThat(Explanation.of(cluster, DEMAND).candidates())
                .containsExactly(
                        new Candidate(A, 0.125, 0),
                        new Candidate(new NodeId("c"), 0.25, 0),
                        new Candidate(new NodeId("b"), 0.125, 1));
    }

    private Veto vetoOf(Node node, Demand demand) {
        cluster.set(node);
        return Explanation.of(cluster, demand).vetoes().getFirst();
    }
}
