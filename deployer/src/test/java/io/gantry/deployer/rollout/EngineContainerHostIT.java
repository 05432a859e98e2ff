package io.gantry.deployer.rollout;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.manifest.AppRuntime;
import io.gantry.contract.manifest.Manifest;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.deployer.leg.Image;
import io.gantry.deployer.leg.Sample;
import io.gantry.deployer.node.FleetSettings;
import io.gantry.deployer.node.ImagePulls;
import io.gantry.deployer.rollout.ContainerHost.Exit;
import io.gantry.deployer.rollout.ContainerHost.Start;
import io.gantry.deployer.rollout.ContainerHost.Watch;
import io.gantry.registry.RegistryLogin;
import io.gantry.remote.Engines;
import io.gantry.remote.Labels;
import io.gantry.testkit.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Containers on the real engine, one call at a time. */
class EngineContainerHostIT {
    private static final Node NODE = new Node(
            new NodeId("local"),
            URI.create("unix:///var/run/docker.sock"),
            null,
            "127.0.0.1",
            2,
            Memory.mebibytes(1024),
            Map.of(),
            NodeState.READY,
            false,
            Instant.EPOCH);
    private static final InstanceId INSTANCE = Sample.instance(0);
    private static final String NAME = INSTANCE.value();
    private static final int PORT = 28_701;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Engines engines = new Engines(null);
    private DockerClient docker;
    private EngineContainerHost host;

    @BeforeEach
    void open() {
        docker = engines.of(NODE).docker();
        PGSimpleDataSource database = new PGSimpleDataSource();
        TestDatabase created = TestDatabase.create();
        database.setUrl(created.url());
        database.setUser(created.user());
        database.setPassword(created.password());
        Flyway.configure().dataSource(database).locations("db/deployer").load().migrate();
        JdbcClient jdbc = JdbcClient.create(database);
        FleetSettings fleet = new FleetSettings("deployer-it", null);
        RolloutSettings settings = new RolloutSettings(PORT, PORT + 1, "10.192.0.0/11", Duration.ofSeconds(2));
        AppNetworks networks = new AppNetworks(
                jdbc, new TransactionTemplate(new DataSourceTransactionManager(database)), settings, fleet);
        ContainerStarts starts = new ContainerStarts(
                networks, new HostPorts(jdbc, settings), new ImagePulls(RegistryLogin.none()), InstantSource.system());
        host = new EngineContainerHost(engines, starts, networks, fleet);
    }

    @AfterEach
    void close() {
        for (String name : List.of(NAME, "in-the-way")) {
            try {
                docker.removeContainerCmd(name).withForce(true).exec();
            } catch (NotFoundException gone) {
                continue;
            }
        }
        host.removeNetwork(NODE, Sample.LEG.app());
        engines.close();
    }

    private static ContainerPlan plan(String... command) {
        return plan(Sample.RELEASE.manifest().resources(), command);
    }

    private static ContainerPlan plan(Resources resources, String... command) {
        Release like = Sample.RELEASE;
        Manifest manifest = like.manifest();
        Manifest own = new Manifest(
                manifest.name(),
                manifest.kind(),
                AppRuntime.DOCKERFILE,
                List.of(command),
                manifest.port(),
                manifest.env(),
                manifest.health(),
                resources,
                manifest.scale(),
                manifest.stop(),
                manifest.placement());
        Image image = new Image(new Release(like.service(), 3, like.bundle(), own), "gantry/debian:1");
        return ContainerPlan.of(Sample.LEG, INSTANCE, image, NODE.id(), "deployer-it");
    }

    private static ContainerPlan sleeping() {
        return plan("sleep", "600");
    }

    private String idOf() {
        return docker.inspectContainerCmd(NAME).exec().getId();
    }

    @Test
    void a_second_start_finds_the_container_of_the_first() throws Exception {
        Start first = host.start(NODE, sleeping());
        String id = idOf();
        Start second = host.start(NODE, sleeping());
        assertThat(idOf()).isEqualTo(id);
        assertThat(((Start.Running) second).port()).isEqualTo(((Start.Running) first).port());
    }

    @Test
    void a_container_that_was_created_but_never_started_is_started() throws Exception {
        host.start(NODE, sleeping());
        docker.removeContainerCmd(NAME).withForce(true).exec();
        AppNetwork network = AppNetwork.own(NODE.engine(), "deployer-it", Sample.LEG.app());
        ContainerCommand.create(docker, sleeping(), network, NODE, PORT).exec();
        assertThat(host.start(NODE, sleeping())).isInstanceOf(Start.Running.class);
        assertThat(docker.inspectContainerCmd(NAME).exec().getState().getRunning())
                .isTrue();
    }

    @Test
    void a_strangers_container_of_the_same_name_is_left_alone() throws Exception {
        docker.createContainerCmd("gantry/debian:1")
                .withName(NAME)
                .withCmd("true")
                .exec();
        String id = idOf();
        assertThat(host.start(NODE, sleeping())).isInstanceOf(Start.NameTaken.class);
        assertThat(idOf()).isEqualTo(id);
    }

    @Test
    void a_port_that_is_in_use_is_passed_over() throws Exception {
        docker.createContainerCmd("gantry/debian:1")
                .withName("in-the-way")
                .withCmd("sleep", "600")
                .withHostConfig(HostConfig.newHostConfig()
                        .withPortBindings(PortBinding.parse("127.0.0.1:%d:80".formatted(PORT))))
                .exec();
        docker.startContainerCmd("in-the-way").exec();
        assertThat(host.start(NODE, sleeping()))
                .isInstanceOfSatisfying(
                        Start.Running.class,
                        running -> assertThat(running.port()).isEqualTo(PORT + 1));
    }

    @Test
    void a_program_that_is_not_there_is_the_developers_to_mend() throws Exception {
        assertThat(host.start(NODE, plan("no-such-program"))).isInstanceOf(Start.Running.class);
        try (Watch watch = host.watch(NODE, INSTANCE)) {
            assertThat(watch.exitWithin(LONG))
                    .hasValueSatisfying(exit -> assertThat(exit.code()).isNotZero());
        }
        assertThat(host.logOf(NODE, INSTANCE)).anyMatch(line -> line.contains("no-such-program"));
    }

    @Test
    void the_end_of_a_container_is_seen_at_once() throws Exception {
        host.start(NODE, plan("sh", "-c", "echo last words; exit 3"));
        try (Watch watch = host.watch(NODE, INSTANCE)) {
            assertThat(watch.exitWithin(LONG)).contains(new Exit(3, OutOfMemory.NOT_KNOWN));
        }
        assertThat(host.logOf(NODE, INSTANCE)).containsExactly("last words");
    }

    /** It asks for memory when its engine listens for that, which it does not from the first moment on. */
    @Test
    void want_of_memory_is_known_by_the_engines_events_too() throws Exception {
        host.start(NODE, small("sh", "-c", "trap 'exec tail /dev/zero' USR1; echo ready; while :; do sleep 0.1; done"));
        await().until(() -> host.logOf(NODE, INSTANCE).contains("ready"));
        docker.killContainerCmd(NAME).withSignal("USR1").exec();
        try (Watch watch = host.watch(NODE, INSTANCE)) {
            assertThat(watch.exitWithin(LONG)).contains(new Exit(137, OutOfMemory.TOLD));
        }
        assertThat(Autopsy.byEvents(docker, docker.inspectContainerCmd(NAME).exec()))
                .isEqualTo(OutOfMemory.TOLD);
    }

    @Test
    void want_of_memory_from_the_first_moment_on_is_likely_at_least() throws Exception {
        host.start(NODE, small("tail", "/dev/zero"));
        try (Watch watch = host.watch(NODE, INSTANCE)) {
            assertThat(watch.exitWithin(LONG))
                    .hasValueSatisfying(exit -> assertThat(exit.outOfMemory()).isNotEqualTo(OutOfMemory.NOT_KNOWN));
        }
    }

    @Test
    void what_ended_as_if_it_was_killed_and_nobody_killed_is_likely_to_have_wanted_memory() throws Exception {
        host.start(NODE, small("sh", "-c", "exit 137"));
        try (Watch watch = host.watch(NODE, INSTANCE)) {
            assertThat(watch.exitWithin(LONG)).contains(new Exit(137, OutOfMemory.LIKELY));
        }
    }

    private static ContainerPlan small(String... command) {
        return plan(new Resources(0.5, Memory.mebibytes(16), 16), command);
    }

    @Test
    void what_somebody_killed_is_not_said_to_have_wanted_memory() throws Exception {
        host.start(NODE, sleeping());
        docker.killContainerCmd(NAME).exec();
        try (Watch watch = host.watch(NODE, INSTANCE)) {
            assertThat(watch.exitWithin(LONG)).contains(new Exit(137, OutOfMemory.NOT_KNOWN));
        }
    }

    @Test
    void a_container_that_is_gone_has_ended_without_a_code() throws Exception {
        try (Watch watch = host.watch(NODE, INSTANCE)) {
            assertThat(watch.exitWithin(LONG)).contains(new Exit(null, OutOfMemory.NOT_KNOWN));
        }
        assertThat(host.logOf(NODE, INSTANCE)).isEmpty();
    }

    @Test
    void a_container_that_was_paused_goes_on_when_it_is_started_again() throws Exception {
        host.start(NODE, sleeping());
        docker.pauseContainerCmd(NAME).exec();
        assertThat(host.startAgain(NODE, INSTANCE)).isPresent();
        assertThat(isPaused()).isFalse();
    }

    @Test
    void a_container_that_was_paused_goes_on_when_it_is_found_by_a_start() throws Exception {
        host.start(NODE, sleeping());
        docker.pauseContainerCmd(NAME).exec();
        assertThat(host.start(NODE, sleeping())).isInstanceOf(Start.Running.class);
        assertThat(isPaused()).isFalse();
    }

    @Test
    void a_container_that_was_paused_is_removed_without_going_on() throws Exception {
        host.start(NODE, plan("sh", "-c", "trap 'echo asked to end; exit' TERM; while :; do sleep 0.1; done"));
        docker.pauseContainerCmd(NAME).exec();
        host.stopAndRemove(NODE, INSTANCE, Duration.ofMinutes(1));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> docker.inspectContainerCmd(NAME).exec());
    }

    private boolean isPaused() {
        return Boolean.TRUE.equals(
                docker.inspectContainerCmd(NAME).exec().getState().getPaused());
    }

    @Test
    void removing_what_is_gone_is_no_error() {
        host.stopAndRemove(NODE, INSTANCE, Duration.ofSeconds(1));
        host.removeWithImage(NODE, INSTANCE);
        host.removeNetwork(NODE, Sample.LEG.app());
    }

    private String networkOf(String container) {
        return docker.inspectContainerCmd(container).exec().getHostConfig().getNetworkMode();
    }

    @Test
    void an_app_with_a_container_in_a_network_of_the_former_name_goes_on_there_until_the_last_has_gone()
            throws InterruptedException {
        AppName app = Sample.LEG.app();
        String former = AppNetwork.former(NODE.engine(), app).name();
        Map<String, String> labels = Map.of(Labels.FLEET, "deployer-it", Labels.APP, app.value());
        docker.createNetworkCmd().withName(former).withLabels(labels).exec();
        docker.createContainerCmd("gantry/debian:1")
                .withName("in-the-way")
                .withCmd("true")
                .withLabels(labels)
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode(former))
                .exec();
        host.start(NODE, sleeping());
        assertThat(networkOf(NAME)).isEqualTo(former);
        docker.removeContainerCmd("in-the-way").exec();
        host.stopAndRemove(NODE, INSTANCE, Duration.ofSeconds(1));
        host.removeNetwork(NODE, app);
        host.start(NODE, sleeping());
        assertThat(networkOf(NAME)).isEqualTo("gantry-deployer-it." + app);
        assertThat(docker.listNetworksCmd().withNameFilter(former).exec())
                .noneMatch(network -> network.getName().equals(former));
    }

    @Test
    void an_image_that_is_nowhere_to_be_had_is_said_to_be_so() {
        Image image = new Image(Sample.RELEASE, "127.0.0.1:9/shop/web@sha256:" + "0".repeat(64));
        ContainerPlan plan = ContainerPlan.of(Sample.LEG, INSTANCE, image, NODE.id(), "deployer-it");
        assertThatThrownBy(() -> host.start(NODE, plan))
                .isInstanceOf(PullFailed.class)
                .hasMessageContaining("127.0.0.1:9");
    }
}
