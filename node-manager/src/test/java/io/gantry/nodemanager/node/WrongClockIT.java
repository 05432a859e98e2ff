package io.gantry.nodemanager.node;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gantry.contract.AppName;
import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.NodeState;
import io.gantry.contract.registry.RegistryCommand.Register;
import io.gantry.nodemanager.EngineProxy;
import io.gantry.nodemanager.InstanceContainers;
import io.gantry.nodemanager.Neighbours;
import io.gantry.nodemanager.NodeManagerIT;
import io.gantry.nodemanager.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Three nodes, two of which have a clock that is wrong by an hour. */
@NodeManagerIT
class WrongClockIT {
    private static final String FLEET = "clock-" + Sample.token();
    private static final NodeId RIGHT = new NodeId("right");
    private static final NodeId AHEAD = new NodeId("ahead");
    private static final NodeId BEHIND = new NodeId("behind");
    private static final Duration HOUR = Duration.ofHours(1);

    private static InstanceContainers containers;
    private static EngineProxy ahead;
    private static EngineProxy behind;

    private final AppName app = new AppName("app-" + Sample.token());

    @Autowired
    private Neighbours neighbours;

    @Autowired
    private RestTestClient rest;

    @DynamicPropertySource
    static void nodes(DynamicPropertyRegistry properties) throws IOException {
        Path sockets = Files.createTempDirectory("clocks");
        ahead = new EngineProxy(sockets.resolve("ahead.sock"), HOUR);
        behind = new EngineProxy(sockets.resolve("behind.sock"), HOUR.negated());
        properties.add("gantry.fleet", () -> FLEET);
        properties.add("gantry.nodes[0].id", () -> RIGHT);
        properties.add("gantry.nodes[0].engine", () -> "unix:///var/run/docker.sock");
        properties.add("gantry.nodes[1].id", () -> AHEAD);
        properties.add("gantry.nodes[1].engine", () -> "unix://" + sockets.resolve("ahead.sock"));
        properties.add("gantry.nodes[2].id", () -> BEHIND);
        properties.add("gantry.nodes[2].engine", () -> "unix://" + sockets.resolve("behind.sock"));
    }

    @BeforeAll
    static void start() {
        containers = new InstanceContainers(FLEET);
    }

    @AfterAll
    static void stop() throws IOException {
        containers.close();
        ahead.close();
        behind.close();
    }

    @Test
    void a_node_whose_clock_is_wrong_is_ready_and_shown_with_that() {
        await().until(() -> isReady(RIGHT) && isReady(AHEAD) && isReady(BEHIND));
        String nodes = get("/api/v1/nodes");
        assertThat(nodes)
                .containsPattern(
                        "\"id\":\"ahead\"[^}]*\\}?[^}]*its clock is (359\\d|36\\d\\d) s ahead of the platform's")
                .containsPattern(
                        "\"id\":\"behind\"[^}]*\\}?[^}]*its clock is (359\\d|36\\d\\d) s behind the platform's");
    }

    private boolean isReady(NodeId node) {
        return neighbours.node(node) != null && neighbours.node(node).state() == NodeState.READY;
    }

    @Test
    void what_was_started_there_was_started_when_it_was() {
        for (NodeId node : List.of(AHEAD, BEHIND)) {
            Instance started = containers.startService(Sample.instance(app, Kind.SERVICE, node));
            await().until(() -> neighbours.instance(started.id()) != null);
            assertThat(neighbours.instance(started.id()).startedAt())
                    .isCloseTo(started.startedAt(), within(10, ChronoUnit.SECONDS));
        }
    }

    @Test
    void logs_are_merged_in_the_order_in_which_they_were_written() {
        Instance first = writing("one", AHEAD);
        Instance second = writing("two", RIGHT);
        Instance third = writing("three", BEHIND);
        Instance fourth = writing("four", AHEAD);
        assertThat(get("/api/v1/apps/" + app + "/log").lines())
                .containsExactly(
                        first.id() + " | one",
                        second.id() + " | two",
                        third.id() + " | three",
                        fourth.id() + " | four");
    }

    /** It has written it by the time that this returns. */
    private Instance writing(String word, NodeId node) {
        Instance instance = containers.start(
                Sample.instance(app, Kind.SERVICE, node),
                "python3",
                "-c",
                "import time; print('%s', flush=True); time.sleep(600)".formatted(word));
        neighbours.say(new Register(instance.deployment(), instance));
        await().until(() ->
                get("/api/v1/instances/%s/log".formatted(instance.id())).contains(word));
        return instance;
    }

    private String get(String path) {
        return new String(
                rest.get().uri(path).exchange().expectBody().returnResult().getResponseBodyContent());
    }
}
