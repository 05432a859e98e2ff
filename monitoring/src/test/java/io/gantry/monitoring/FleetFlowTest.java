package io.gantry.monitoring;

import static io.gantry.contract.registry.InstanceState.DEAD;
import static io.gantry.contract.registry.InstanceState.RUNNING;
import static io.gantry.contract.registry.InstanceState.UNKNOWN;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.fleet.PlatformReplica;
import io.gantry.contract.healing.RecoveryEvent;
import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.contract.registry.NodeState;
import io.gantry.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** From what machines and services answer to what the lifecycle manager is asked for. */
@MonitoringTest
class FleetFlowTest {
    private static final List<String> SERVICES =
            List.of("kafka", "scheduler", "deployer", "load-balancer", "lifecycle-manager", "blob-storage");

    @Autowired
    Neighbours neighbours;

    @Autowired
    SettableClock clock;

    @Autowired
    Monitor monitor;

    private final PlayedMachine one = new PlayedMachine("vm-1");
    private final PlayedMachine two = new PlayedMachine("vm-2");

    @BeforeEach
    void startOver() {
        neighbours.startOver();
        neighbours.say(one.told());
        neighbours.say(two.told());
        neighbours.say(one.node(NodeState.READY));
        neighbours.say(two.node(NodeState.READY));
        neighbours.say(one.start("node-manager"));
    }

    @AfterEach
    void end() {
        neighbours.sayGone(one.told());
        neighbours.sayGone(two.told());
        one.replicas().forEach(neighbours::sayGone);
        two.replicas().forEach(neighbours::sayGone);
        one.close();
        two.close();
    }

    private void everythingRuns() {
        SERVICES.forEach(service -> neighbours.say(two.start(service)));
        await().until(() ->
                states("services").equals("UP".repeat(7)) && states("machines").equals("UPUP"));
    }

    @Test
    void a_service_that_does_not_answer_is_to_be_restarted_and_its_incident_is_over_when_it_stays_up() {
        everythingRuns();
        two.stop("scheduler");
        var asked = (RecoveryRequest.RestartService) request();
        assertThat(asked.service()).isEqualTo("scheduler");
        assertThat(asked.machine()).isEqualTo("vm-2");
        assertThat(service("scheduler").path("state").asString()).isEqualTo("DOWN");
        assertThat(service("scheduler").path("incident").asString())
                .isEqualTo(asked.incident().value());

        two.start("scheduler");
        neighbours.say(new RecoveryEvent.Recovered(asked.incident(), 1, clock.instant()));
        monitor.awaitIncident("SETTLING");
        clock.advance(Duration.ofMinutes(2));
        monitor.awaitIncident("CLOSED");
        assertThat(neighbours.requests).hasSize(1);
        JsonNode incident = monitor.incidents().getFirst();
        assertThat(incident.path("service").asString()).isEqualTo("scheduler");
        assertThat(incident.path("machine").asString()).isEqualTo("vm-2");
        assertThat(incident.path("app").isNull()).isTrue();
    }

    @Test
    void a_lost_machine_is_one_incident_whatever_runs_on_it() {
        everythingRuns();
        two.die();
        neighbours.say(two.node(NodeState.UNREACHABLE));
        var asked = (RecoveryRequest.RestartMachine) request();
        assertThat(asked.machine()).isEqualTo("vm-2");
        await().until(() -> states("services").equals("UP" + "UNKNOWN".repeat(6)));

        two.boot();
        neighbours.say(two.node(NodeState.READY));
        await().until(() -> states("services").equals("UP".repeat(7)));
        monitor.awaitIncident("SETTLING");
        assertThat(neighbours.requests).hasSize(1);
        assertThat(monitor.health().path("meltdownSince").isNull()).isTrue();
    }

    @Test
    void a_machine_that_one_alone_does_not_reach_is_a_suspect_and_no_fault() {
        everythingRuns();
        neighbours.say(one.node(NodeState.UNREACHABLE));
        two.closeSsh();
        await().until(() -> states("machines").equals("SUSPECTSUSPECT"));
        assertThat(monitor.health().path("machines").get(1).path("detail").asString())
                .contains("a platform service on it");
        assertThat(monitor.incidents()).isEmpty();
    }

    @Test
    void what_is_not_to_run_any_more_is_no_fault() {
        everythingRuns();
        PlatformReplica scheduler = two.start("scheduler-of-old");
        neighbours.say(scheduler);
        await().until(() -> states("services").equals("UP".repeat(8)));
        two.stop("scheduler-of-old");
        RecoveryRequest asked = request();
        neighbours.sayGone(scheduler);
        monitor.awaitIncident("CLOSED");
        assertThat(states("services")).isEqualTo("UP".repeat(7));
        assertThat(neighbours.requests).containsExactly(asked);
    }

    @Test
    void instances_that_are_lost_with_their_machine_are_no_meltdown_and_each_is_revived() {
        IntStream.range(0, 20).forEach(each -> neighbours.say(each, RUNNING));
        IntStream.range(0, 20).forEach(each -> neighbours.say(each, UNKNOWN));
        IntStream.range(0, 20).forEach(each -> neighbours.say(each, DEAD));
        await().until(() -> neighbours.requests.size() == 20);
        assertThat(neighbours.requests)
                .allSatisfy(request -> assertThat(request).isInstanceOf(RecoveryRequest.ReviveInstance.class));
        assertThat(monitor.health().path("meltdownSince").isNull()).isTrue();
        IntStream.range(0, 20).forEach(neighbours::sayGone);
    }

    private RecoveryRequest request() {
        await().until(() -> !neighbours.requests.isEmpty());
        return neighbours.requests.getFirst();
    }

    private JsonNode service(String name) {
        return monitor.health().path("services").values().stream()
                .filter(service -> service.path("service").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** All in one word: what runs on vm-1 first. */
    private String states(String what) {
        return monitor.health().path(what).values().stream()
                .sorted((a, b) ->
                        a.path("machine").asString().compareTo(b.path("machine").asString()))
                .map(unit -> unit.path("state").asString())
                .reduce("", String::concat);
    }
}
