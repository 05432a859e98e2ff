package io.gantry.monitoring;

import static io.gantry.contract.registry.InstanceState.DEAD;
import static io.gantry.contract.registry.InstanceState.RUNNING;
import static io.gantry.contract.registry.InstanceState.UNKNOWN;
import static io.gantry.monitoring.Neighbours.instance;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.healing.RecoveryEvent;
import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.contract.manifest.Kind;
import io.gantry.testkit.SettableClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;

/** From what the service registry says to what the lifecycle manager is asked for. */
@MonitoringTest
class HealingFlowTest {
    @Autowired
    Neighbours neighbours;

    @Autowired
    Webhook webhook;

    @Autowired
    SettableClock clock;

    @Autowired
    Monitor monitor;

    @Autowired
    RestTestClient rest;

    @BeforeEach
    void startOver() {
        neighbours.startOver();
    }

    @Test
    void what_dies_is_to_be_revived_and_its_incident_is_over_when_it_stays_up() {
        die(0);
        RecoveryRequest.ReviveInstance asked = (RecoveryRequest.ReviveInstance) request(1);
        assertThat(asked.instance()).isEqualTo(instance(0));
        assertThat(monitor.health().path("instances").get(0).path("state").asString())
                .isEqualTo("DOWN");

        neighbours.say(0, RUNNING);
        neighbours.say(new RecoveryEvent.Recovered(asked.incident(), 1, clock.instant()));
        monitor.awaitIncident("SETTLING");
        clock.advance(Duration.ofMinutes(2));
        monitor.awaitIncident("CLOSED");
        assertThat(monitor.health().path("instances").get(0).path("state").asString())
                .isEqualTo("UP");
        assertThat(neighbours.requests).hasSize(1);
    }

    @Test
    void what_is_told_twice_is_asked_for_once() {
        die(0);
        neighbours.say(0, DEAD);
        request(1);
        neighbours.say(0, UNKNOWN);
        await().until(() -> "UNKNOWN"
                .equals(monitor.health().path("instances").get(0).path("state").asString()));
        assertThat(neighbours.requests).hasSize(1);
    }

    @Test
    void what_is_stopped_is_no_fault_and_a_fault_ends_with_what_had_it() {
        neighbours.say(0, RUNNING);
        die(1);
        request(1);
        neighbours.sayGone(0);
        neighbours.sayGone(1);
        monitor.awaitIncident("CLOSED");
        await().until(() -> monitor.health().path("instances").isEmpty());
        assertThat(neighbours.requests).hasSize(1);
    }

    @Test
    void the_end_of_a_job_is_no_fault() {
        neighbours.say(0, DEAD, Kind.JOB);
        die(1);
        assertThat(((RecoveryRequest.ReviveInstance) request(1)).instance()).isEqualTo(instance(1));
        assertThat(monitor.incidents()).hasSize(1);
    }

    @Test
    void a_crash_loop_is_left_down_and_people_are_told_even_if_they_do_not_listen_at_first() {
        webhook.refusing = true;
        die(0);
        for (int fall = 2; fall <= 5; fall++) {
            request(fall - 1);
            neighbours.say(0, RUNNING);
            monitor.awaitIncident("SETTLING");
            neighbours.say(0, DEAD);
            monitor.awaitIncident(fall < 5 ? "WAITING" : "CRASH_LOOP");
            clock.advance(Duration.ofSeconds(10));
        }
        await().until(() -> !webhook.refused.isEmpty());
        webhook.refusing = false;
        await().until(() -> !webhook.taken.isEmpty());
        assertThat(webhook.taken)
                .singleElement()
                .satisfies(body -> assertThat(body)
                        .contains(
                                "\"kind\":\"CRASH_LOOP\"",
                                "\"app\":\"shop\"",
                                instance(0).value()));
        assertThat(neighbours.requests).hasSize(4);
    }

    @Test
    void in_a_meltdown_nothing_is_healed_until_the_operator_says_so() {
        IntStream.range(0, 10).forEach(each -> neighbours.say(each, RUNNING));
        IntStream.range(0, 8).forEach(each -> neighbours.say(each, DEAD));
        await().until(() -> monitor.incidents().size() == 8);
        assertThat(neighbours.requests).hasSizeLessThanOrEqualTo(5);
        assertThat(monitor.health().path("meltdownSince").isNull()).isFalse();
        await().until(() -> !webhook.taken.isEmpty());
        assertThat(webhook.taken)
                .singleElement()
                .satisfies(body -> assertThat(body).contains("MELTDOWN"));

        rest.post().uri("/api/v1/meltdown/over").exchange().expectStatus().isEqualTo(HttpStatus.NO_CONTENT);
        await().until(() -> neighbours.requests.size() == 8);
        assertThat(monitor.health().path("meltdownSince").isNull()).isTrue();
    }

    @Test
    void a_meltdown_is_over_by_itself_when_no_more_goes_down() {
        IntStream.range(0, 8).forEach(each -> neighbours.say(each, DEAD));
        await().until(() -> monitor.incidents().size() == 8);
        clock.advance(Duration.ofMinutes(11));
        await().until(() -> neighbours.requests.stream()
                        .map(RecoveryRequest::incident)
                        .distinct()
                        .count()
                == 8);
        await().until(() -> !webhook.taken.isEmpty());
    }

    private void die(int ordinal) {
        neighbours.say(ordinal, RUNNING);
        neighbours.say(ordinal, DEAD);
    }

    private RecoveryRequest request(int number) {
        await().until(() -> neighbours.requests.size() >= number);
        return neighbours.requests.get(number - 1);
    }
}
