package io.gantry.loadbalancer.reservation;

import static io.gantry.loadbalancer.Fixtures.ANYWHERE;
import static io.gantry.loadbalancer.Fixtures.HALF_A_CPU;
import static io.gantry.loadbalancer.Fixtures.START;
import static io.gantry.loadbalancer.Fixtures.WEB;
import static io.gantry.loadbalancer.Fixtures.cordoned;
import static io.gantry.loadbalancer.Fixtures.instance;
import static io.gantry.loadbalancer.Fixtures.node;
import static io.gantry.loadbalancer.Fixtures.place;
import static io.gantry.loadbalancer.Fixtures.registered;
import static io.gantry.loadbalancer.Fixtures.release;
import static io.gantry.loadbalancer.Fixtures.running;
import static io.gantry.loadbalancer.Fixtures.token;
import static io.gantry.loadbalancer.Fixtures.unreachable;
import static io.gantry.loadbalancer.Fixtures.until;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.placement.PlacementReply.Placed;
import io.gantry.contract.placement.PlacementReply.Waiting;
import io.gantry.contract.placement.Veto;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.registry.Node;
import io.gantry.loadbalancer.LoadBalancerTest;
import io.gantry.loadbalancer.Neighbours;
import io.gantry.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@LoadBalancerTest
class PlacementFlowTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final ServiceName STORE = new ServiceName("store");
    private static final ServiceName SEARCH = new ServiceName("search");
    private static final Node ROOM_FOR_ONE = node("a", 0.5, 256);

    @Autowired
    Neighbours neighbours;

    @Autowired
    Placements placements;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void startOver() {
        neighbours.startOver();
        clock.set(START);
    }

    @Test
    void an_instance_gets_a_node_and_its_access_token_back() {
        neighbours.have(node("a", 2, 2048));
        neighbours.say(place(1));
        assertThat(answer(1)).isEqualTo(new Placed(token(1), place(1).deployment(), instance(1), A));
        assertThat(stateOf(1)).isEqualTo("RESERVED");
    }

    @Test
    void asking_again_under_the_same_access_token_gets_the_same_answer_and_reserves_nothing_more() {
        neighbours.have(node("a", 1, 1024), node("b", 1, 1024));
        for (int times = 0; times < 3; times++) {
            neighbours.say(place(1));
        }
        await().until(() -> neighbours.repliesTo(token(1)).size() == 3);
        assertThat(neighbours.replies()).containsOnly(answer(1));
        assertThat(heldOnEachNode()).containsOnly(Map.entry("a", 1L));
    }

    @Test
    void asking_again_under_a_new_access_token_replaces_what_was_reserved() {
        neighbours.have(node("a", 1, 1024), node("b", 1, 1024));
        neighbours.say(place(1));
        assertThat(answer(1).node()).isEqualTo(A);
        neighbours.say(place(1, token(2), HALF_A_CPU, ANYWHERE, Set.of(A)));
        assertThat(answer(2).node()).isEqualTo(B);
        assertThat(heldOnEachNode()).containsOnly(Map.entry("b", 1L));
    }

    @Test
    void the_only_node_that_fits_is_named_again_although_the_instance_has_just_failed_there() {
        neighbours.have(node("a", 1, 1024), cordoned(node("b", 1, 1024)));
        neighbours.say(place(1));
        assertThat(answer(1).node()).isEqualTo(A);
        neighbours.say(place(1, token(2), HALF_A_CPU, ANYWHERE, Set.of(A)));
        assertThat(answer(2).node()).isEqualTo(A);
        assertThat(heldOnEachNode()).containsOnly(Map.entry("a", 1L));
        assertThat(jdbc.sql("select reason from decision order by id desc limit 1")
                        .query(String.class)
                        .single())
                .endsWith("1 of 2 nodes can take it; 1 cordoned; none but where it has just failed (a)");
    }

    @Test
    void a_burst_is_spread_evenly_fills_every_node_and_overcommits_none() {
        neighbours.have(node("a", 8, 65536), node("b", 8, 65536), node("c", 8, 65536));
        IntStream.range(0, 50).forEach(number -> neighbours.say(place(number)));
        await().until(() -> neighbours.replies().size() == 50);
        assertThat(heldOnEachNode()).containsOnly(Map.entry("a", 16L), Map.entry("b", 16L), Map.entry("c", 16L));
        assertThat(neighbours.replies().stream().filter(Waiting.class::isInstance))
                .hasSize(2);
    }

    @Test
    void where_there_is_no_room_the_reply_says_what_is_short() {
        neighbours.have(ROOM_FOR_ONE, cordoned(node("b", 4, 4096)));
        neighbours.say(place(1, token(1), new Resources(2, Memory.mebibytes(128), 100), ANYWHERE, Set.of()));
        Waiting waiting = neighbours.awaitReply(token(1), Waiting.class);
        assertThat(waiting.shortfall())
                .isEqualTo("No node fits 2 cpus and 128Mi for %s: 0 of 2 nodes can take it; 1 cordoned, 1 without room"
                                .formatted(instance(1))
                        + " (a: 2 cpus are needed, 0.5 of 0.5 are free)");
        assertThat(waiting.vetoes())
                .containsExactlyInAnyOrder(
                        new Veto(A, "capacity", "2 cpus are needed, 0.5 of 0.5 are free"),
                        new Veto(B, "cordoned", "it is cordoned: it takes no new instances"));
    }

    @Test
    void who_waits_is_placed_in_order_when_an_instance_goes() {
        fillA();
        neighbours.say(place(2));
        neighbours.say(place(3));
        neighbours.awaitReply(token(3), Waiting.class);
        neighbours.sayGone(instance(1));
        assertThat(answer(2).node()).isEqualTo(A);
        neighbours.say(release(2));
        assertThat(answer(3).node()).isEqualTo(A);
    }

    @Test
    void who_waits_is_placed_when_a_node_appears() {
        fillA();
        neighbours.say(place(2));
        neighbours.awaitReply(token(2), Waiting.class);
        neighbours.say(node("b", 1, 1024));
        assertThat(answer(2).node()).isEqualTo(B);
    }

    @Test
    void who_waits_is_placed_when_a_node_is_uncordoned_or_answers_again() {
        neighbours.have(cordoned(node("a", 1, 1024)), unreachable(node("b", 0.5, 1024)));
        neighbours.say(place(1));
        neighbours.awaitReply(token(1), Waiting.class);
        neighbours.say(node("b", 0.5, 1024));
        assertThat(answer(1).node()).isEqualTo(B);
        neighbours.say(place(2));
        neighbours.awaitReply(token(2), Waiting.class);
        neighbours.say(node("a", 1, 1024));
        assertThat(answer(2).node()).isEqualTo(A);
    }

    @Test
    void a_small_instance_does_not_wait_behind_a_large_one() {
        fillA();
        neighbours.say(place(2, token(2), new Resources(8, Memory.mebibytes(1), 1), ANYWHERE, Set.of()));
        neighbours.say(place(3));
        neighbours.awaitReply(token(3), Waiting.class);
        neighbours.sayGone(instance(1));
        assertThat(answer(3).node()).isEqualTo(A);
        assertThat(neighbours.repliesTo(token(2))).hasOnlyElementsOfType(Waiting.class);
    }

    @Test
    void who_waits_is_forgotten_at_the_deadline() {
        fillA();
        neighbours.say(place(2));
        neighbours.awaitReply(token(2), Waiting.class);
        clock.advance(Duration.ofMinutes(11));
        neighbours.sayGone(instance(1));
        await().until(() -> stateOf(1).equals("GONE"));
        assertThat(neighbours.repliesTo(token(2))).hasOnlyElementsOfType(Waiting.class);
        assertThat(count("waiting")).isZero();
    }

    @Test
    void who_is_released_waits_no_more() {
        fillA();
        neighbours.say(place(2));
        neighbours.awaitReply(token(2), Waiting.class);
        neighbours.say(release(2));
        await().until(() -> count("waiting") == 0);
    }

    @Test
    void who_asks_after_its_deadline_is_not_answered() {
        neighbours.have(node("a", 4, 4096));
        clock.advance(Duration.ofMinutes(11));
        neighbours.say(place(1));
        neighbours.say(until(clock.instant().plusSeconds(1), place(2)));
        answer(2);
        assertThat(neighbours.replies()).hasSize(1);
    }

    @Test
    void what_is_not_registered_in_time_is_free_again() {
        neighbours.have(ROOM_FOR_ONE);
        neighbours.say(place(1));
        answer(1);
        neighbours.say(until(START.plus(Duration.ofHours(1)), place(2)));
        neighbours.awaitReply(token(2), Waiting.class);
        clock.advance(Duration.ofMinutes(15));
        placements.sweep();
        assertThat(answer(2).node()).isEqualTo(A);
        assertThat(stateOf(1)).isEqualTo("EXPIRED");
    }

    @Test
    void what_is_registered_does_not_expire() {
        fillA();
        clock.advance(Duration.ofHours(2));
        placements.sweep();
        assertThat(stateOf(1)).isEqualTo("IN_USE");
    }

    @ParameterizedTest
    @EnumSource(
            value = InstanceState.class,
            names = {"DEAD", "COMPLETED"})
    void an_instance_that_has_ended_frees_its_node(InstanceState ended) {
        fillA();
        neighbours.say(registered(1, A, ended));
        await().until(() -> stateOf(1).equals("GONE"));
        neighbours.say(place(2));
        assertThat(answer(2).node()).isEqualTo(A);
    }

    @Test
    void an_instance_on_an_unreachable_node_keeps_what_it_has() {
        fillA();
        neighbours.say(registered(1, A, InstanceState.UNKNOWN));
        neighbours.say(place(2));
        neighbours.awaitReply(token(2), Waiting.class);
        assertThat(stateOf(1)).isEqualTo("IN_USE");
    }

    @Test
    void an_instance_that_nobody_asked_about_counts_too() {
        neighbours.have(ROOM_FOR_ONE);
        neighbours.say(running(1, A));
        await().until(() -> stateOf(1).equals("IN_USE"));
        neighbours.say(place(2));
        neighbours.awaitReply(token(2), Waiting.class);
    }

    @Test
    void a_release_under_an_older_access_token_changes_nothing() {
        neighbours.have(node("a", 1, 1024), node("b", 1, 1024));
        neighbours.say(place(1));
        answer(1);
        neighbours.say(place(1, token(2), HALF_A_CPU, ANYWHERE, Set.of(A)));
        answer(2);
        neighbours.say(release(1));
        neighbours.say(place(3));
        answer(3);
        assertThat(heldOnEachNode()).containsOnly(Map.entry("a", 1L), Map.entry("b", 1L));
    }

    @Test
    void a_late_echo_of_a_released_asking_is_passed_over() {
        neighbours.have(node("a", 1, 1024));
        neighbours.say(place(1));
        answer(1);
        neighbours.say(release(1));
        neighbours.say(place(1));
        neighbours.say(place(2));
        answer(2);
        assertThat(neighbours.repliesTo(token(1))).hasSize(1);
        assertThat(heldOnEachNode()).containsOnly(Map.entry("a", 1L));
    }

    @Test
    void services_of_one_app_that_are_asked_for_at_once_get_one_node() {
        neighbours.have(node("a", 8, 8192), node("b", 8, 8192), node("c", 8, 8192));
        for (int number = 1; number <= 6; number++) {
            neighbours.say(place(number, List.of(WEB, STORE, SEARCH).get(number % 3)));
        }
        await().until(() -> neighbours.replies().size() == 6);
        assertThat(heldOnEachNode()).hasSize(1);
    }

    @Test
    void a_service_waits_where_the_node_of_its_app_is_full_and_is_told_why() {
        neighbours.have(node("a", 0.6, 1024), node("b", 0.1, 1024));
        neighbours.say(place(1, WEB));
        assertThat(answer(1).node()).isEqualTo(A);
        change(node("b", 8, 8192));
        neighbours.say(place(2, STORE));
        assertThat(neighbours.awaitReply(token(2), Waiting.class).vetoes())
                .contains(new Veto(
                        B, "home", "the rest of shop is on a, and services of an app reach each other on one node"));
        change(node("a", 1, 1024));
        assertThat(answer(2).node()).isEqualTo(A);
    }

    @Test
    void a_cordoned_node_is_nobodys_home() {
        neighbours.have(node("a", 8, 8192), node("b", 0.1, 1024));
        neighbours.say(place(1, WEB));
        assertThat(answer(1).node()).isEqualTo(A);
        change(cordoned(node("a", 8, 8192)));
        change(node("b", 8, 8192));
        neighbours.say(place(2, STORE));
        assertThat(answer(2).node()).isEqualTo(B);
    }

    /** One node with room for one instance, and instance 1 running there. */
    private void fillA() {
        neighbours.have(ROOM_FOR_ONE);
        neighbours.say(place(1));
        answer(1);
        neighbours.say(running(1, A));
        await().until(() -> stateOf(1).equals("IN_USE"));
    }

    private void change(Node node) {
        long before = revisionOf(node);
        neighbours.say(node);
        await().until(() -> revisionOf(node) > before);
    }

    private long revisionOf(Node node) {
        return jdbc.sql("select revision from node where id = ?")
                .param(node.id().value())
                .query(Long.class)
                .single();
    }

    private Placed answer(int token) {
        return neighbours.awaitReply(token(token), Placed.class);
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private Map<String, Long> heldOnEachNode() {
        return jdbc
                .sql("select node from reservation where state in ('RESERVED', 'IN_USE')")
                .query(String.class)
                .list()
                .stream()
                .collect(groupingBy(node -> node, counting()));
    }

    private String stateOf(int instance) {
        return jdbc.sql("select state from reservation where instance = ?")
                .param(instance(instance).value())
                .query(String.class)
                .optional()
                .orElse("none");
    }
}
