package io.gantry.loadbalancer.reservation;

import static io.gantry.loadbalancer.Fixtures.ANYWHERE;
import static io.gantry.loadbalancer.Fixtures.HALF_A_CPU;
import static io.gantry.loadbalancer.Fixtures.SHOP;
import static io.gantry.loadbalancer.Fixtures.START;
import static io.gantry.loadbalancer.Fixtures.WEB;
import static io.gantry.loadbalancer.Fixtures.companion;
import static io.gantry.loadbalancer.Fixtures.deployment;
import static io.gantry.loadbalancer.Fixtures.labelled;
import static io.gantry.loadbalancer.Fixtures.node;
import static io.gantry.loadbalancer.Fixtures.place;
import static io.gantry.loadbalancer.Fixtures.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.placement.PlacementReply.Placed;
import io.gantry.contract.placement.PlacementReply.Waiting;
import io.gantry.contract.placement.PlacementRequest.Companion;
import io.gantry.contract.placement.PlacementRequest.Forgo;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.contract.registry.Node;
import io.gantry.loadbalancer.LoadBalancerTest;
import io.gantry.loadbalancer.Neighbours;
import io.gantry.testkit.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An app of several services, each of which is asked for when its own image is built. */
@LoadBalancerTest
class CompanionsTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final ServiceName STORE = new ServiceName("store");
    private static final AppName OTHER = new AppName("other");
    private static final Place WEB_OF_SHOP = place(1, WEB, companion(2, STORE));
    private static final Place STORE_OF_SHOP = place(2, STORE, companion(1, WEB));

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
    void the_first_service_goes_where_all_of_the_app_has_room() {
        neighbours.have(node("a", 0.75, 8192), node("b", 1, 512));
        neighbours.say(WEB_OF_SHOP);
        assertThat(answer(1).node()).isEqualTo(B);
        neighbours.say(STORE_OF_SHOP);
        assertThat(answer(2).node()).isEqualTo(B);
    }

    @Test
    void room_for_the_rest_is_held_while_others_ask() {
        neighbours.have(node("a", 1, 1024));
        neighbours.say(WEB_OF_SHOP);
        answer(1);
        neighbours.say(place(3, OTHER));
        assertThat(neighbours.awaitReply(token(3), Waiting.class).vetoes())
                .singleElement()
                .satisfies(veto -> assertThat(veto.reason()).isEqualTo("0.5 cpus are needed, 0 of 1 are free"));
        neighbours.say(STORE_OF_SHOP);
        assertThat(answer(2).node()).isEqualTo(A);
        assertThat(stateOf(STORE_OF_SHOP.instance())).isEqualTo("RESERVED");
    }

    @Test
    void where_no_node_has_room_for_all_none_is_placed_and_it_is_told_why() {
        neighbours.have(node("a", 0.75, 8192));
        neighbours.say(WEB_OF_SHOP);
        assertThat(neighbours.awaitReply(token(1), Waiting.class).vetoes())
                .singleElement()
                .satisfies(veto -> assertThat(veto.reason())
                        .isEqualTo("all of shop goes to one node: 1 cpus are needed, 0.75 of 0.75 are free"));
        neighbours.say(STORE_OF_SHOP);
        neighbours.awaitReply(token(2), Waiting.class);
        neighbours.say(node("b", 1, 8192));
        assertThat(answer(1).node()).isEqualTo(B);
        assertThat(answer(2).node()).isEqualTo(B);
    }

    @Test
    void what_is_held_is_free_once_it_is_told_that_nobody_will_ask_for_it() {
        neighbours.have(node("a", 1, 1024));
        neighbours.say(WEB_OF_SHOP);
        answer(1);
        neighbours.say(place(3, OTHER));
        neighbours.awaitReply(token(3), Waiting.class);
        neighbours.say(new Forgo(deployment(2), SHOP, STORE));
        assertThat(answer(3).node()).isEqualTo(A);
    }

    @Test
    void another_deployment_of_the_service_does_not_forgo_what_this_one_will_ask_for() {
        neighbours.have(node("a", 1, 1024));
        neighbours.say(WEB_OF_SHOP);
        answer(1);
        neighbours.say(new Forgo(deployment(7), SHOP, STORE));
        neighbours.say(new Forgo(deployment(2), SHOP, WEB));
        neighbours.say(place(3, OTHER));
        neighbours.awaitReply(token(3), Waiting.class);
        assertThat(stateOf(STORE_OF_SHOP.instance())).isEqualTo("HELD");
    }

    @Test
    void what_is_held_and_never_asked_for_is_free_again_after_a_while() {
        neighbours.have(node("a", 1, 1024));
        neighbours.say(WEB_OF_SHOP);
        answer(1);
        clock.advance(Duration.ofMinutes(15));
        placements.sweep();
        assertThat(stateOf(STORE_OF_SHOP.instance())).isEqualTo("EXPIRED");
    }

    @Test
    void a_first_service_that_fails_on_its_node_takes_along_what_is_held_for_the_others() {
        neighbours.have(node("a", 1, 1024), node("b", 1, 1024));
        neighbours.say(WEB_OF_SHOP);
        NodeId failed = answer(1).node();
        neighbours.say(place(1, token(4), HALF_A_CPU, ANYWHERE, Set.of(failed), companion(2, STORE)));
        NodeId other = answer(4).node();
        assertThat(other).isNotEqualTo(failed);
        await().untilAsserted(() -> assertThat(nodeOf(STORE_OF_SHOP.instance())).isEqualTo(other.value()));
    }

    /** Of two deployments that are asked for at the same time, one is read first, and knows nothing of the other. */
    @Test
    void a_service_whose_request_names_no_companions_gets_what_was_held_for_it_by_one_that_named_it() {
        neighbours.have(node("a", 1, 1024), node("b", 1, 1024));
        neighbours.say(STORE_OF_SHOP);
        NodeId home = answer(2).node();
        neighbours.say(place(3, OTHER));
        assertThat(answer(3).node()).isNotEqualTo(home);
        neighbours.say(place(4, OTHER));
        assertThat(answer(4).node()).isNotEqualTo(home);
        neighbours.say(place(1));
        assertThat(answer(1).node()).isEqualTo(home);
    }

    @Test
    void the_node_carries_the_labels_that_any_of_its_services_asks_for() {
        neighbours.have(node("a", 8, 8192), labelledSsd());
        neighbours.say(place(1, WEB, ofSsd(companion(2, STORE))));
        assertThat(answer(1).node()).isEqualTo(B);
    }

    private static Node labelledSsd() {
        return labelled(node("b", 2, 2048), Map.of("disk", "ssd"));
    }

    private static Companion ofSsd(Companion like) {
        return new Companion(like.instance(), like.service(), like.resources(), Map.of("disk", "ssd"), like.onItsWay());
    }

    private Placed answer(int token) {
        return neighbours.awaitReply(token(token), Placed.class);
    }

    private String stateOf(InstanceId instance) {
        return column("state", instance);
    }

    private String nodeOf(InstanceId instance) {
        return column("node", instance);
    }

    private String column(String name, InstanceId instance) {
        return jdbc.sql("select %s from reservation where instance = ?".formatted(name))
                .param(instance.value())
                .query(String.class)
                .single();
    }
}
