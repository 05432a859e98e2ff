package io.gantry.nodemanager.node;

import static io.gantry.contract.registry.InstanceState.DEAD;
import static io.gantry.contract.registry.InstanceState.RUNNING;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.HostConfig;
import io.gantry.contract.NodeId;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.registry.NodeState;
import io.gantry.contract.registry.RegistryCommand.Register;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.KnownHosts;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineSize;
import io.gantry.machines.WantedMachine;
import io.gantry.machines.docker.DockerPreparation;
import io.gantry.machines.docker.PreparationProgress;
import io.gantry.machines.docker.PreparationSettings;
import io.gantry.machines.docker.PreparedEngine;
import io.gantry.machines.local.LocalMachines;
import io.gantry.machines.local.LocalSettings;
import io.gantry.nodemanager.Neighbours;
import io.gantry.nodemanager.NodeManagerIT;
import io.gantry.nodemanager.Sample;
import io.gantry.remote.Engines;
import io.gantry.remote.Labels;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A machine of its own that freezes and dies. */
@NodeManagerIT
class LostNodeIT {
    private static final String FLEET = "lost-node";
    private static final String CONTAINER = "gantry.lost-node.vm-1";
    private static final String IMAGE = "gantry/static:1";
    private static final NodeId NODE = new NodeId("vm-1");
    /** By far not the minute that a node is given where it may be the node-manager who is cut off. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static Engines engines;
    private static LocalMachines machines;
    private static Machine machine;
    private static PreparedEngine prepared;

    @Autowired
    private Neighbours neighbours;

    @DynamicPropertySource
    static void fleet(DynamicPropertyRegistry properties) throws Exception {
        Path folder = Files.createTempDirectory(FLEET);
        FleetKeys keys = FleetKeys.in(folder.resolve("keys"), FLEET);
        engines = new Engines(keys.privateKey());
        machines = new LocalMachines(
                LocalSettings.of(FLEET, LocalSettings.WITH_DOCKER),
                engines.of(URI.create("unix:///var/run/docker.sock"), null),
                keys,
                new KnownHosts(folder.resolve("known_hosts")),
                InstantSource.system());
        machines.deleteAll();
        machine =
                machines.create(new WantedMachine(NODE.value(), new MachineSize(1, Memory.mebibytes(1024)), Map.of()));
        prepared = new DockerPreparation(
                        PreparationSettings.forRegistry(null), keys, InstantSource.system(), PreparationProgress.NOBODY)
                .prepare(machine, keys.privateKey());
        there().loadImageCmd(here().saveImageCmd(IMAGE).exec()).exec();
        properties.add("gantry.fleet", () -> FLEET);
        properties.add("gantry.nodes", () -> "");
        properties.add("gantry.ssh-key", keys::privateKey);
    }

    private static DockerClient here() {
        return engines.of(URI.create("unix:///var/run/docker.sock"), null).docker();
    }

    private static DockerClient there() {
        return engines.of(prepared.uri(), prepared.hostKey().toString()).docker();
    }

    @AfterAll
    static void stop() {
        machines.deleteAll();
        engines.close();
    }

    @BeforeEach
    void announce() {
        neighbours.say(new PreparedMachine(
                NODE,
                prepared.uri(),
                prepared.hostKey().toString(),
                machine.address(),
                true,
                1,
                Memory.mebibytes(512),
                Map.of(),
                false,
                Sample.STARTED));
        await().until(() ->
                neighbours.node(NODE) != null && neighbours.node(NODE).state() == NodeState.READY);
    }

    @Test
    void what_ran_on_a_machine_that_freezes_is_dead_until_it_moves_again() {
        Instance instance = running();
        here().pauseContainerCmd(CONTAINER).exec();
        awaitState(instance, DEAD);
        await().until(() -> neighbours.node(NODE).state() == NodeState.UNREACHABLE);
        assertThat(neighbours.node(NODE).state()).isEqualTo(NodeState.UNREACHABLE);
        here().unpauseContainerCmd(CONTAINER).exec();
        awaitState(instance, RUNNING);
        await().until(() -> neighbours.node(NODE).state() == NodeState.READY);
    }

    @Test
    void what_ran_on_a_machine_that_dies_is_dead_within_seconds() {
        Instance instance = running();
        here().killContainerCmd(CONTAINER).exec();
        Instant killed = Instant.now();
        awaitState(instance, DEAD);
        assertThat(Duration.between(killed, Instant.now())).isLessThan(SOON);
        machines.start(NODE.value());
        await().until(() -> neighbours.node(NODE).state() == NodeState.READY);
        assertThat(neighbours.instance(instance.id()).state()).isEqualTo(DEAD);
    }

    private Instance running() {
        Instance instance = Sample.instance(Sample.APP, Kind.WORKER, NODE);
        there().createContainerCmd(IMAGE)
                .withName(instance.id().value())
                .withLabels(Map.of(
                        Labels.FLEET, FLEET,
                        Labels.APP, instance.app().value(),
                        Labels.SERVICE, instance.service().value(),
                        Labels.VERSION, "3",
                        Labels.INSTANCE, instance.id().value(),
                        Labels.DEPLOYMENT, instance.deployment().value(),
                        Labels.KIND, "worker",
                        Labels.NODE, NODE.value()))
                .withHostConfig(HostConfig.newHostConfig().withMemory(64L << 20))
                .exec();
        there().startContainerCmd(instance.id().value()).exec();
        neighbours.say(new Register(instance.deployment(), instance));
        awaitState(instance, RUNNING);
        return instance;
    }

    private void awaitState(Instance instance, InstanceState state) {
        await().untilAsserted(() -> assertThat(neighbours.instance(instance.id()))
                .extracting(Instance::state)
                .isEqualTo(state));
    }
}
