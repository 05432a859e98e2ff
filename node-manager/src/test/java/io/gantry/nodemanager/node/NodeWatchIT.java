package io.gantry.nodemanager.node;

import static io.gantry.contract.registry.InstanceState.COMPLETED;
import static io.gantry.contract.registry.InstanceState.DEAD;
import static io.gantry.contract.registry.InstanceState.RUNNING;
import static io.gantry.contract.registry.InstanceState.UNKNOWN;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.contract.registry.RegistryCommand.Deregister;
import io.gantry.contract.registry.RegistryCommand.Register;
import io.gantry.contract.registry.RegistryEvent.InstanceDied;
import io.gantry.nodemanager.EngineProxy;
import io.gantry.nodemanager.InstanceContainers;
import io.gantry.nodemanager.Neighbours;
import io.gantry.nodemanager.NodeManagerIT;
import io.gantry.nodemanager.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

@NodeManagerIT
class NodeWatchIT {
    private static final String FLEET = "watch-" + Sample.token();
    private static final NodeId LOCAL = new NodeId("local");
    private static final NodeId SHAKY = new NodeId("shaky");
    private static final NodeId NOWHERE = new NodeId("nowhere");

    private static InstanceContainers containers;
    private static EngineProxy proxy;

    @Autowired
    private Neighbours neighbours;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RestTestClient rest;

    @DynamicPropertySource
    static void nodes(DynamicPropertyRegistry properties) throws IOException {
        Path socket = Files.createTempDirectory("shaky").resolve("docker.sock");
        proxy = new EngineProxy(socket);
        properties.add("gantry.fleet", () -> FLEET);
        properties.add("gantry.nodes[0].id", () -> LOCAL);
        properties.add("gantry.nodes[0].engine", () -> "unix:///var/run/docker.sock");
        properties.add("gantry.nodes[0].labels.zone", () -> "one");
        properties.add("gantry.nodes[1].id", () -> SHAKY);
        properties.add("gantry.nodes[1].engine", () -> "unix://" + socket);
        properties.add("gantry.nodes[1].memory", () -> "3Gi");
        properties.add("gantry.nodes[1].cpus", () -> "1.5");
        properties.add("gantry.nodes[2].id", () -> NOWHERE);
        properties.add("gantry.nodes[2].engine", () -> "unix:///run/no-engine.sock");
    }

    @BeforeAll
    static void start() {
        containers = new InstanceContainers(FLEET);
    }

    @AfterAll
    static void stop() throws IOException {
        containers.close();
        proxy.close();
    }

    @BeforeEach
    void nodesAreKnown() {
        await().until(() -> isIn(NodeState.READY, LOCAL) && isIn(NodeState.READY, SHAKY));
    }

    private boolean isIn(NodeState state, NodeId id) {
        Node node = neighbours.node(id);
        return node != null && node.state() == state;
    }

    @Test
    void a_node_is_ready_with_what_its_engine_has() {
        Node node = neighbours.node(LOCAL);
        assertThat(node.state()).isEqualTo(NodeState.READY);
        assertThat(node.address()).isEqualTo("127.0.0.1");
        assertThat(node.cpus()).isPositive();
        assertThat(node.memory().bytes())
                .isEqualTo(containers.docker().infoCmd().exec().getMemTotal() - (256L << 20));
        assertThat(node.labels()).containsEntry("zone", "one");
    }

    @Test
    void what_is_set_of_a_node_outweighs_what_its_engine_says() {
        Node node = neighbours.node(SHAKY);
        assertThat(node.cpus()).isEqualTo(1.5);
        assertThat(node.memory()).hasToString("3Gi");
    }

    @Test
    void a_killed_container_is_a_death_with_its_exit_code() {
        Instance instance = running();
        containers.kill(instance.id());
        assertDied(instance, 137, false);
    }

    @Test
    void a_crash_is_a_death_with_its_exit_code() {
        Instance instance = registered(containers.startWaiting(Sample.instance(), "sys.exit(3)"));
        containers.letGoOn(instance.id());
        assertDied(instance, 3, false);
    }

    @Test
    void a_container_out_of_memory_is_a_death_that_says_so() {
        Instance instance = registered(containers.startWaiting(Sample.instance(), "b = b'x' * (1 << 30)"));
        containers.letGoOn(instance.id());
        awaitState(instance, DEAD);
        await().untilAsserted(() -> assertThat(neighbours.instance(instance.id()))
                .extracting(Instance::detail)
                .isEqualTo("exit code 137, out of memory"));
    }

    @Test
    void a_container_removed_by_hand_is_a_death() {
        Instance instance = running();
        containers.remove(instance.id());
        assertDied(instance, 137, false);
    }

    @Test
    void an_instance_entered_too_late_to_find_its_container_has_died() {
        Instance instance = Sample.instance();
        neighbours.say(new Register(instance.deployment(), instance));
        assertDied(instance, null, false);
    }

    @Test
    void a_job_that_ends_well_is_completed() {
        Instance instance = containers.start(Sample.instance(Sample.APP, Kind.JOB), "python3", "-c", "print('done')");
        neighbours.say(new Register(instance.deployment(), instance));
        awaitState(instance, COMPLETED);
        assertThat(neighbours.eventsOf(instance.id())).noneMatch(InstanceDied.class::isInstance);
    }

    @Test
    void the_end_of_a_deregistered_instance_is_no_death() {
        Instance instance = running();
        neighbours.say(new Deregister(Sample.token(), instance.id()));
        await().until(() -> neighbours.instance(instance.id()) == null);
        containers.remove(instance.id());
        Instance later = running();
        containers.kill(later.id());
        assertDied(later, 137, false);
        assertThat(neighbours.eventsOf(instance.id())).noneMatch(InstanceDied.class::isInstance);
    }

    @Test
    void the_end_of_what_only_its_labels_call_an_instance_is_no_death() {
        Instance instance = running();
        containers.pretend(instance);
        Instance later = running();
        containers.kill(later.id());
        assertDied(later, 137, false);
        assertThat(neighbours.eventsOf(instance.id())).noneMatch(InstanceDied.class::isInstance);
    }

    @Test
    void a_restarted_container_runs_again_at_the_port_it_has_now() {
        Instance before = running();
        containers.kill(before.id());
        awaitState(before, DEAD);
        containers.docker().startContainerCmd(before.id().value()).exec();
        await().untilAsserted(
                        () -> assertThat(neighbours.instance(before.id())).isEqualTo(containers.asItRuns(before)));
    }

    @Test
    void what_its_machine_paused_goes_on_when_it_is_back_unless_it_is_dead_to_the_registry() throws IOException {
        Instance replaced = registered(containers.startService(Sample.instance(Sample.APP, Kind.SERVICE, SHAKY)));
        Instance wanted = registered(containers.startService(Sample.instance(Sample.APP, Kind.SERVICE, SHAKY)));
        proxy.lose();
        awaitState(replaced, UNKNOWN);
        awaitState(wanted, UNKNOWN);
        pause(replaced);
        pause(wanted);
        jdbc.sql("""
                        update instance set state = 'DEAD', document = jsonb_set(document, '{state}', '"DEAD"')
                        where id = ?""").param(replaced.id().value()).update();
        proxy.find();
        awaitState(wanted, RUNNING);
        assertThat(isPaused(wanted)).isFalse();
        assertThat(isPaused(replaced)).isTrue();
    }

    private static void pause(Instance instance) {
        containers.docker().pauseContainerCmd(instance.id().value()).exec();
    }

    private static boolean isPaused(Instance instance) {
        return Boolean.TRUE.equals(containers
                .docker()
                .inspectContainerCmd(instance.id().value())
                .exec()
                .getState()
                .getPaused());
    }

    @Test
    void entries_that_were_deleted_are_written_anew_from_the_labels() {
        Instance instance = running();
        jdbc.sql("truncate instance").update();
        await().untilAsserted(() ->
                assertThat(entryOf(instance)).isEqualTo(instance.id().value()));
        assertThat(neighbours.instance(instance.id())).isEqualTo(instance);
    }

    @Test
    void on_a_node_that_is_lost_nothing_is_declared_dead_and_what_happened_is_found_out_later() throws IOException {
        Instance survives = registered(containers.startService(Sample.instance(Sample.APP, Kind.SERVICE, SHAKY)));
        Instance dies = registered(containers.startService(Sample.instance(Sample.APP, Kind.SERVICE, SHAKY)));
        proxy.lose();
        awaitState(survives, UNKNOWN);
        awaitState(dies, UNKNOWN);
        await().until(() -> isIn(NodeState.UNREACHABLE, SHAKY));
        containers.kill(dies.id());
        assertThat(neighbours.eventsOf(dies.id())).noneMatch(InstanceDied.class::isInstance);
        proxy.find();
        awaitState(survives, RUNNING);
        assertDied(dies, 137, false);
        await().until(() -> isIn(NodeState.READY, SHAKY));
    }

    @Test
    void a_node_that_was_never_reached_is_shown_with_the_reason() {
        await().until(() -> isIn(NodeState.UNREACHABLE, NOWHERE));
        rest.get()
                .uri("/api/v1/nodes")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.nodes[?(@.id=='nowhere')].state")
                .isEqualTo("UNREACHABLE")
                .jsonPath("$.nodes[?(@.id=='nowhere')].problem")
                .value((Object problem) -> assertThat(problem.toString()).contains("No Docker Engine answers at"))
                .jsonPath("$.nodes[?(@.id=='local')].problem")
                .isEqualTo(null);
    }

    private Instance running() {
        return registered(containers.startService(Sample.instance()));
    }

    private Instance registered(Instance instance) {
        neighbours.say(new Register(instance.deployment(), instance));
        awaitState(instance, RUNNING);
        return instance;
    }

    private void assertDied(Instance instance, Integer exitCode, boolean oomKilled) {
        awaitState(instance, DEAD);
        await().until(() -> neighbours.eventsOf(instance.id()).stream().anyMatch(InstanceDied.class::isInstance));
        assertThat(neighbours.eventsOf(instance.id()))
                .filteredOn(InstanceDied.class::isInstance)
                .singleElement()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(InstanceDied.class))
                .satisfies(died -> {
                    assertThat(died.exitCode()).isEqualTo(exitCode);
                    assertThat(died.oomKilled()).isEqualTo(oomKilled);
                    assertThat(died.node()).isEqualTo(instance.node());
                });
    }

    private void awaitState(Instance instance, InstanceState state) {
        await().untilAsserted(() -> assertThat(neighbours.instance(instance.id()))
                .extracting(Instance::state)
                .isEqualTo(state));
    }

    private String entryOf(Instance instance) {
        return jdbc.sql("select id from instance where id = ?")
                .param(instance.id().value())
                .query(String.class)
                .optional()
                .orElse("");
    }
}
