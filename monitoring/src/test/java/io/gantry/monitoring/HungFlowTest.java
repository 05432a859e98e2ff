package io.gantry.monitoring;

import static io.gantry.contract.registry.InstanceState.DEAD;
import static io.gantry.contract.registry.InstanceState.RUNNING;
import static io.gantry.monitoring.Neighbours.instance;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.NodeId;
import io.gantry.contract.healing.Fault;
import io.gantry.contract.healing.RecoveryEvent;
import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.TimeSpan;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.testkit.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** From what an instance answers, or does not, to what the lifecycle manager is asked for. */
@MonitoringTest
class HungFlowTest {
    @Autowired
    Neighbours neighbours;

    @Autowired
    SettableClock clock;

    @Autowired
    Monitor monitor;

    private final PlayedEngine engine = new PlayedEngine();
    private final PlayedInstance instance = new PlayedInstance();

    @BeforeEach
    void startOver() {
        neighbours.startOver();
        neighbours.say(node(NodeState.READY));
    }

    @AfterEach
    void end() throws IOException {
        neighbours.sayGone(0);
        instance.close();
        engine.close();
    }

    @Test
    void one_that_hangs_is_to_be_revived_as_such_and_its_incident_is_over_when_it_answers_again() {
        runAndAnswer();
        instance.hangs = true;
        RecoveryRequest.ReviveInstance asked = request();
        assertThat(asked.instance()).isEqualTo(instance(0));
        assertThat(asked.fault()).isEqualTo(Fault.HUNG);
        assertThat(health().path("state").asString()).isEqualTo("DOWN");
        assertThat(health().path("detail").asString()).startsWith("it does not answer: no answer within");

        say(DEAD);
        say(RUNNING);
        neighbours.say(new RecoveryEvent.Recovered(asked.incident(), 1, clock.instant()));
        awaitAskedAgain();
        assertThat(monitor.incidents())
                .singleElement()
                .satisfies(incident ->
                        assertThat(incident.path("state").asString()).isEqualTo("TRYING"));
        assertThat(health().path("state").asString()).isEqualTo("DOWN");

        instance.hangs = false;
        monitor.awaitIncident("SETTLING");
        assertThat(health().path("state").asString()).isEqualTo("UP");
        clock.advance(Duration.ofMinutes(2));
        monitor.awaitIncident("CLOSED");
        assertThat(neighbours.requests).hasSize(1);
    }

    @Test
    void one_that_hung_before_it_was_asked_for_the_first_time_takes_connections_and_is_revived_too() {
        instance.hangs = true;
        say(RUNNING);
        assertThat(request().fault()).isEqualTo(Fault.HUNG);
    }

    @Test
    void one_that_is_stopped_while_it_hangs_is_missed_by_nobody() {
        runAndAnswer();
        instance.hangs = true;
        request();
        neighbours.sayGone(0);
        monitor.awaitIncident("CLOSED");
        assertThat(neighbours.requests).hasSize(1);
    }

    @Test
    void one_that_the_engine_says_was_started_just_now_has_its_grace() {
        runAndAnswer();
        engine.startedAt = "2026-01-01T01:00:00Z";
        instance.hangs = true;
        awaitAskedAgain();
        assertThat(monitor.incidents()).isEmpty();
        assertThat(health().path("state").asString()).isNotEqualTo("DOWN");
    }

    @Test
    void of_one_whose_node_nobody_reaches_nothing_is_concluded() {
        runAndAnswer();
        neighbours.say(node(NodeState.UNREACHABLE));
        instance.hangs = true;
        await().until(() -> health().path("state").asString().equals("SUSPECT"));
        assertThat(monitor.incidents()).isEmpty();
    }

    private void runAndAnswer() {
        say(RUNNING);
        await().until(() -> instance.asked() > 1);
    }

    /** Several times, so that it is judged by what it said, or did not. */
    private void awaitAskedAgain() {
        int before = instance.asked();
        await().until(() -> instance.asked() > before + 4);
    }

    private void say(InstanceState state) {
        TimeSpan second = TimeSpan.seconds(1);
        neighbours.say(
                0, state, instance.port(), new Health("/healthz", TimeSpan.parse("200ms"), second, second, 1, 3));
    }

    private Node node(NodeState state) {
        return new Node(
                new NodeId("local"),
                engine.uri(),
                null,
                "127.0.0.1",
                2,
                Memory.mebibytes(1024),
                Map.of(),
                state,
                false,
                Instant.EPOCH);
    }

    private RecoveryRequest.ReviveInstance request() {
        await().until(() -> !neighbours.requests.isEmpty());
        return (RecoveryRequest.ReviveInstance) neighbours.requests.getFirst();
    }

    private JsonNode health() {
        return monitor.health().path("instances").path(0);
    }
}
