package io.gantry.nodemanager.log;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.RegistryCommand.Register;
import io.gantry.nodemanager.Neighbours;
import io.gantry.nodemanager.NodeManagerTest;
import io.gantry.nodemanager.Sample;
import io.gantry.nodemanager.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;

@NodeManagerTest
class LogPlacesTest {
    private static final NodeId FULL = new NodeId("full");
    private static final NodeId OTHER = new NodeId("other");

    private final List<LogPlaces.Place> taken = new ArrayList<>();

    @Autowired
    private LogPlaces places;

    @Autowired
    private LogSettings settings;

    @Autowired
    private Neighbours neighbours;

    @Autowired
    private Registry registry;

    @Autowired
    private RestTestClient rest;

    @AfterEach
    void giveBack() {
        taken.forEach(LogPlaces.Place::close);
    }

    private void takeAll(boolean followed) throws LogUnavailable {
        for (int count = 0; count < settings.atOnce(); count++) {
            taken.add(places.take(FULL, followed));
        }
    }

    private Instance runningOn(NodeId node) {
        Instance instance = Sample.instance(Sample.APP, Kind.SERVICE, node);
        neighbours.say(new Register(instance.deployment(), instance));
        await().until(() -> registry.find(instance.id()) != null);
        return instance;
    }

    private RestTestClient.ResponseSpec log(Instance instance, String query) {
        return rest.get()
                .uri("/api/v1/instances/%s/log%s".formatted(instance.id(), query))
                .exchange();
    }

    @Test
    void a_place_that_is_given_back_is_free_once() throws LogUnavailable {
        takeAll(true);
        assertThatThrownBy(() -> places.take(FULL, true)).isInstanceOf(LogUnavailable.class);
        taken.getFirst().close();
        taken.getFirst().close();
        taken.add(places.take(FULL, true));
        assertThatThrownBy(() -> places.take(FULL, true)).isInstanceOf(LogUnavailable.class);
    }

    @Test
    void logs_that_are_followed_leave_room_for_those_that_are_read_and_for_other_nodes() throws LogUnavailable {
        takeAll(true);
        taken.add(places.take(FULL, false));
        taken.add(places.take(OTHER, true));
    }

    @Test
    void an_app_is_followed_as_long_as_some_of_it_can_be() throws LogUnavailable {
        Instance there = Sample.instance(Sample.APP, Kind.SERVICE, FULL);
        Instance elsewhere = Sample.instance(Sample.APP, Kind.SERVICE, OTHER);
        takeAll(true);
        assertThatThrownBy(() -> places.requireOneToFollow(List.of(there))).hasMessageContaining("On full 100 logs");
        assertThatCode(() -> places.requireOneToFollow(List.of(there, elsewhere)))
                .doesNotThrowAnyException();
        assertThatCode(() -> places.requireOneToFollow(List.of())).doesNotThrowAnyException();
    }

    @Test
    void who_would_follow_one_too_many_is_refused_and_told_what_to_do() throws LogUnavailable {
        Instance instance = runningOn(FULL);
        takeAll(true);
        log(instance, "?follow=true")
                .expectStatus()
                .isEqualTo(HttpStatus.TOO_MANY_REQUESTS)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("TOO_MANY_LOGS")
                .jsonPath("$.detail")
                .isEqualTo(
                        "On full 100 logs are followed already, as many as can be. End one that is no longer looked at, or read the log without following it.");
    }

    @Test
    void who_would_read_one_too_many_is_refused_and_what_is_not_read_gives_its_place_back() throws LogUnavailable {
        Instance instance = runningOn(FULL);
        takeAll(false);
        log(instance, "").expectStatus().isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        taken.removeLast().close();
        for (int tries = 0; tries < 2; tries++) {
            log(instance, "")
                    .expectStatus()
                    .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("LOG_UNAVAILABLE");
        }
    }
}
