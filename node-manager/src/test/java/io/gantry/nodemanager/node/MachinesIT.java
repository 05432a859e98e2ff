package io.gantry.nodemanager.node;

import static io.gantry.contract.registry.InstanceState.DEAD;
import static io.gantry.contract.registry.InstanceState.RUNNING;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.NodeId;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.contract.registry.RegistryCommand.Register;
import io.gantry.nodemanager.EngineProxy;
import io.gantry.nodemanager.InstanceContainers;
import io.gantry.nodemanager.Neighbours;
import io.gantry.nodemanager.NodeManagerIT;
import io.gantry.nodemanager.Sample;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Nodes that the lifecycle manager tells of, each behind a socket of its own. */
@NodeManagerIT
class MachinesIT {
    private static final String FLEET = "machines-" + Sample.token();
    private static final NodeId ONE = new NodeId("vm-1");
    private static final NodeId TWO = new NodeId("vm-2");

    private static InstanceContainers containers;
    private static Path sockets;
    private static EngineProxy first;
    private static EngineProxy second;

    @Autowired
    private Neighbours neighbours;

    @Autowired
    private Watches watches;

    @Autowired
    private Machines machines;

    @DynamicPropertySource
    static void noNodes(DynamicPropertyRegistry properties) {
        properties.add("gantry.fleet", () -> FLEET);
        properties.add("gantry.nodes", () -> "");
    }

    @BeforeAll
    static void start() throws IOException {
        containers = new InstanceContainers(FLEET);
        sockets = Files.createTempDirectory("machines");
        first = new EngineProxy(sockets.resolve("one.sock"));
        second = new EngineProxy(sockets.resolve("two.sock"));
    }

    @AfterAll
    static void stop() throws IOException {
        containers.close();
        first.close();
        second.close();
    }

    @AfterEach
    void leave() {
        neighbours.sayGone(ONE);
        neighbours.sayGone(TWO);
        await().until(() -> neighbours.node(ONE) == null && neighbours.node(TWO) == null);
        await().until(() -> machines.all().isEmpty());
    }

    @Test
    void a_machine_that_runs_apps_is_a_node_with_what_is_told_of_it() {
        neighbours.say(machine(ONE, "one.sock", true, false));
        awaitReady(ONE);
        Node node = neighbours.node(ONE);
        assertThat(node.address()).isEqualTo("10.0.0.4");
        assertThat(node.hostKey()).isEqualTo("ssh-ed25519 AAAA");
        assertThat(node.cpus()).isEqualTo(1.5);
        assertThat(node.memory()).hasToString("3Gi");
        assertThat(node.labels()).containsEntry("zone", "one");
    }

    @Test
    void a_machine_for_platform_services_alone_is_none_but_one_by_which_others_see_whether_they_are_cut_off() {
        neighbours.say(machine(ONE, "one.sock", false, false));
        neighbours.say(machine(TWO, "two.sock", true, false));
        awaitReady(TWO);
        assertThat(neighbours.node(ONE)).isNull();
        assertThat(machines.nodes()).extracting(NodeSettings::id).containsExactly(TWO);
        assertThat(machines.all()).extracting(NodeSettings::id).containsExactly(ONE, TWO);
    }

    @Test
    void a_node_that_is_to_run_no_apps_any_more_is_none() {
        neighbours.say(machine(ONE, "one.sock", true, false));
        awaitReady(ONE);
        neighbours.say(machine(ONE, "one.sock", false, false));
        await().until(() -> neighbours.node(ONE) == null);
        assertThat(machines.all()).extracting(NodeSettings::id).contains(ONE);
    }

    @Test
    void what_happens_on_each_is_seen_from_then_on() {
        neighbours.say(machine(ONE, "one.sock", true, false));
        neighbours.say(machine(TWO, "two.sock", true, false));
        awaitReady(ONE);
        awaitReady(TWO);
        Instance here = running(ONE);
        Instance there = running(TWO);
        await().until(() -> neighbours.usage(ONE) != null && neighbours.usage(TWO) != null);
        containers.kill(there.id());
        await().until(() -> neighbours.instance(there.id()).state() != RUNNING);
        assertThat(neighbours.instance(here.id()).state()).isEqualTo(RUNNING);
    }

    @Test
    void a_cordon_is_passed_on_also_while_the_machine_is_lost() throws IOException {
        neighbours.say(machine(ONE, "one.sock", true, false));
        awaitReady(ONE);
        first.lose();
        await().until(() -> neighbours.node(ONE).state() == NodeState.UNREACHABLE);
        neighbours.say(machine(ONE, "one.sock", true, true));
        await().until(() -> neighbours.node(ONE).cordoned());
        assertThat(neighbours.node(ONE).state()).isEqualTo(NodeState.UNREACHABLE);
        first.find();
        awaitReady(ONE);
        assertThat(neighbours.node(ONE).cordoned()).isTrue();
    }

    @Test
    void a_machine_with_another_engine_is_watched_there() throws IOException {
        neighbours.say(machine(ONE, "nowhere.sock", true, false));
        await().until(() -> neighbours.node(ONE) != null && neighbours.node(ONE).state() == NodeState.UNREACHABLE);
        neighbours.say(machine(ONE, "two.sock", true, false));
        awaitReady(ONE);
        assertThat(neighbours.node(ONE).engine()).isEqualTo(engine("two.sock"));
    }

    @Test
    void one_that_leaves_is_forgotten_and_what_ran_there_is_dead() {
        neighbours.say(machine(ONE, "one.sock", true, false));
        awaitReady(ONE);
        Instance instance = running(ONE);
        neighbours.sayGone(ONE);
        await().until(() -> neighbours.node(ONE) == null);
        await().until(() -> neighbours.instance(instance.id()).state() == DEAD);
    }

    @Test
    void machines_are_remembered_across_a_restart() {
        neighbours.say(machine(ONE, "one.sock", true, false));
        awaitReady(ONE);
        watches.stop();
        Instance instance = containers.startService(Sample.instance(Sample.APP, Kind.SERVICE, ONE));
        watches.start();
        await().until(() -> neighbours.instance(instance.id()) != null);
    }

    private void awaitReady(NodeId node) {
        await().until(() ->
                neighbours.node(node) != null && neighbours.node(node).state() == NodeState.READY);
    }

    private Instance running(NodeId node) {
        Instance instance = containers.startService(Sample.instance(Sample.APP, Kind.SERVICE, node));
        neighbours.say(new Register(instance.deployment(), instance));
        await().until(() -> neighbours.instance(instance.id()) != null
                && neighbours.instance(instance.id()).state() == RUNNING);
        return instance;
    }

    private static URI engine(String socket) {
        return URI.create("unix://" + sockets.resolve(socket));
    }

    private static PreparedMachine machine(NodeId id, String socket, boolean runsApps, boolean cordoned) {
        return new PreparedMachine(
                id,
                engine(socket),
                "ssh-ed25519 AAAA",
                "10.0.0.4",
                runsApps,
                1.5,
                Memory.parse("3Gi"),
                Map.of("zone", "one"),
                cordoned,
                Sample.STARTED);
    }
}
