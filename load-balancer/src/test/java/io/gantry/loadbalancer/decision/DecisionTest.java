package io.gantry.loadbalancer.decision;

import static io.gantry.loadbalancer.Fixtures.instance;
import static io.gantry.loadbalancer.Fixtures.node;
import static io.gantry.loadbalancer.Fixtures.place;
import static io.gantry.loadbalancer.Fixtures.token;

import io.gantry.contract.placement.PlacementReply.Placed;
import io.gantry.contract.placement.PlacementReply.Waiting;
import io.gantry.database.history.HistoryKeeper;
import io.gantry.loadbalancer.Fixtures;
import io.gantry.loadbalancer.LoadBalancerTest;
import io.gantry.loadbalancer.Neighbours;
import io.gantry.testkit.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

@LoadBalancerTest
class DecisionTest {
    @Autowired
    Neighbours neighbours;

    @Autowired
    HistoryKeeper history;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SettableClock clock;

    @Autowired
    RestTestClient rest;

    @BeforeEach
    void startOver() {
        neighbours.startOver();
        clock.set(Fixtures.START);
    }

    @Test
    void a_placement_tells_its_candidates_and_its_reason_and_a_refusal_its_vetoes() {
        placeOneAndLetOneWait();
        rest.get()
                .uri("/api/v1/decisions?app=shop&service=web")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(2)
                .jsonPath("$[1].kind")
                .isEqualTo("PLACEMENT")
                .jsonPath("$[1].outcome")
                .isEqualTo("PLACED")
                .jsonPath("$[1].at")
                .isEqualTo("2026-01-01T00:00:00Z")
                .jsonPath("$[1].instance")
                .isEqualTo(instance(1).value())
                .jsonPath("$[1].reason")
                .isEqualTo("a will be 100% full and had no other instance of the service; 1 of 1 nodes can take it")
                .jsonPath("$[1].detail.chosen.node")
                .isEqualTo("a")
                .jsonPath("$[1].detail.candidates[0].load")
                .isEqualTo(1.0)
                .jsonPath("$[0].outcome")
                .isEqualTo("WAITING")
                .jsonPath("$[0].reason")
                .isEqualTo("No node fits 0.5 cpus and 256Mi for %s: 0 of 1 nodes can take it; 1 without room"
                                .formatted(instance(2))
                        + " (a: 0.5 cpus are needed, 0 of 0.5 are free; 256Mi memory is needed, 0 of 256Mi is free)")
                .jsonPath("$[0].detail.vetoes[0].reason")
                .isEqualTo("0.5 cpus are needed, 0 of 0.5 are free; 256Mi memory is needed, 0 of 256Mi is free");
    }

    @Test
    void decisions_are_found_by_instance() {
        placeOneAndLetOneWait();
        expectCount("instance=" + instance(1), 1);
        expectCount("app=other", 0);
        expectCount("limit=1", 1);
    }

    @Test
    void old_decisions_are_forgotten_but_for_those_about_what_still_runs() {
        placeOneAndLetOneWait();
        clock.advance(Duration.ofDays(91));
        jdbc.sql("update reservation set state = 'IN_USE', expires_at = null where instance = ?")
                .param(instance(1).value())
                .update();
        history.forgetOld();
        expectCount("instance=" + instance(1), 1);
        expectCount("app=shop", 1);
        jdbc.sql("delete from reservation").update();
        history.forgetOld();
        expectCount("app=shop", 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=501", "limit=many", "app=No_Name", "service=-", "instance=x"})
    void a_parameter_that_makes_no_sense_is_refused(String query) {
        rest.get()
                .uri("/api/v1/decisions?" + query)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("INVALID_PARAMETER");
    }

    private void placeOneAndLetOneWait() {
        neighbours.have(node("a", 0.5, 256));
        neighbours.say(place(1));
        neighbours.awaitReply(token(1), Placed.class);
        neighbours.say(place(2));
        neighbours.awaitReply(token(2), Waiting.class);
    }

    private void expectCount(String query, int count) {
        rest.get()
                .uri("/api/v1/decisions?" + query)
                .exchange()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(count);
    }
}
