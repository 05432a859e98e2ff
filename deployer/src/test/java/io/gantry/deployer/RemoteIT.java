package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.NotFoundException;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.deployer.RemoteFleet.RemoteMachine;
import io.gantry.deployer.app.BundleShelf;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Programs;
import io.gantry.deployer.app.Zip;
import io.gantry.deployer.neighbour.Neighbours;
import io.gantry.deployer.neighbour.PretendedLoadBalancer;
import io.gantry.deployer.neighbour.PretendedNodeManager;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.testkit.EmbeddedPlatform;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Built on one machine, run on another, both reached by SSH; the container registry wants a login and speaks no TLS. */
@SpringBootTest(
        classes = DeployerApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=deployer",
            "gantry.fleet=" + RemoteFleet.NAME,
            "gantry.storage.connection-string=UseDevelopmentStorage=true",
            "gantry.deployer.build.bases-from-registry=true",
            "gantry.deployer.registry.user=gantry",
            "gantry.deployer.registry.password=secret",
            "gantry.deployer.registry.insecure=true"
        })
@EmbeddedPlatform
@Import({Neighbours.class, OwnApp.class, BundleShelf.class, Programs.class})
class RemoteIT {
    private static final NodeId NODE = new NodeId("vm-2");
    private static final NodeId BUILDER = new NodeId("vm-1");
    private static final int NODES_TRIED = 3;
    private static RemoteFleet fleet;

    @Autowired
    Requests requests;

    @Autowired
    Programs programs;

    @Autowired
    OwnApp app;

    @Autowired
    PretendedNodeManager nodeManager;

    @Autowired
    PretendedLoadBalancer loadBalancer;

    @DynamicPropertySource
    static void fleet(DynamicPropertyRegistry properties) throws Exception {
        fleet = new RemoteFleet(Files.createTempDirectory("fleet"));
        properties.add("gantry.ssh-key", fleet.keys::privateKey);
        properties.add("gantry.deployer.build.engine", fleet.builder.engine()::uri);
        properties.add("gantry.deployer.build.engine-host-key", fleet.builder::hostKey);
        properties.add("gantry.deployer.registry.address", () -> fleet.registryAddress);
    }

    @AfterAll
    static void close() {
        fleet.close();
    }

    @BeforeEach
    void announce() {
        loadBalancer.placing = false;
        RemoteMachine node = fleet.node;
        nodeManager.announceNode(
                NODE, node.engine().uri(), node.hostKey(), node.machine().address());
    }

    @Test
    void an_instance_answers_at_the_address_of_its_machine_and_only_there() throws Exception {
        ServiceReport report = placed(requests.buildAndRun(programs.hello()));
        InstanceAddress at = report.instances().getFirst();
        assertThat(at.address()).isEqualTo(fleet.node.machine().address());
        assertThat(Page.of(at)).isEqualTo("Hello from " + app);
        assertThat(publishedAt(at)).containsExactly(at.address());
        assertThat(requests.report(requests.stop(WEB)).state()).isEqualTo(ServiceState.STOPPED);
        assertThat(containersOnTheNode()).noneMatch(name -> name.contains(app.toString()));
    }

    @Test
    void a_developers_own_dockerfile_gets_the_base_image_too() throws Exception {
        Zip zip = programs.ownPython(Programs.HELLO)
                .with("Dockerfile", "FROM gantry/python:1\nCOPY app.py .\nCMD [\"python3\", \"app.py\"]\n")
                .with("config.json", "{\"port\": 8000, \"runtime\": \"dockerfile\"}");
        ServiceReport report = placed(requests.buildAndRun(programs.of(zip)));
        assertThat(Page.of(report.instances().getFirst())).isEqualTo("Hello from " + app);
    }

    @Test
    void a_base_image_that_the_registry_has_not_got_is_said_to_be_missing() {
        Zip zip = new Zip().with("Dockerfile", "FROM gantry/cobol:1\n").with("config.json", "{\"port\": 8000}");
        assertThat(requests.failure(requests.build(programs.of(zip))).message()).contains("gave no gantry/cobol:1");
    }

    @Test
    void a_node_that_is_ready_gets_base_images_before_any_app_needs_them() {
        String base = fleet.registryAddress + "/gantry/python:1";
        var look = fleet.docker(fleet.node).inspectImageCmd(base);
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptionsMatching(NotFoundException.class::isInstance)
                .untilAsserted(() -> assertThat(look.exec().getRepoTags()).contains(base));
    }

    @Test
    void an_instance_goes_elsewhere_when_the_disk_of_its_node_is_full_and_comes_back_when_it_is_free()
            throws Exception {
        announceBuilder();
        assertThat(requests.report(requests.build(programs.hello())).state()).isEqualTo(ServiceState.BUILT);
        fleet.fillDisk(fleet.node);
        DeploymentToken token = requests.run(programs.hello());
        loadBalancer.place(loadBalancer.awaitPlace(token), NODE);
        Place second = loadBalancer.awaitPlaces(token, 2).getLast();
        assertThat(second.avoid()).containsExactly(NODE);
        loadBalancer.place(second, BUILDER);
        ServiceReport report = requests.report(token);
        assertThat(report.state()).as("%s", report).isEqualTo(ServiceState.RUNNING);
        assertThat(report.instances()).extracting(InstanceAddress::node).containsExactly(BUILDER);
        assertNothingOfTheAppOnTheNode();
        fleet.freeDisk(fleet.node);
        assertThat(placed(requests.run(programs.hello())).instances())
                .extracting(InstanceAddress::node)
                .containsExactly(NODE);
    }

    @Test
    void where_every_node_s_disk_is_full_the_failure_says_so_and_what_to_do() throws Exception {
        assertThat(requests.report(requests.build(programs.hello())).state()).isEqualTo(ServiceState.BUILT);
        fleet.fillDisk(fleet.node);
        DeploymentToken token = requests.run(programs.hello());
        for (int tries = 1; tries <= NODES_TRIED; tries++) {
            loadBalancer.place(loadBalancer.awaitPlaces(token, tries).getLast(), NODE);
        }
        assertThat(requests.failure(token).message())
                .contains("No node could start it: vm-2: its disk is full. Free some space there");
        assertNothingOfTheAppOnTheNode();
        fleet.freeDisk(fleet.node);
    }

    @Test
    void a_build_on_a_full_disk_says_whose_it_is_and_succeeds_once_there_is_space() throws Exception {
        announceBuilder();
        fleet.fillDisk(fleet.builder);
        Failure failure = requests.failure(requests.build(programs.hello()));
        assertThat(failure.code()).isEqualTo("BUILD_DISK_FULL");
        assertThat(failure.kind()).isEqualTo(FailureKind.EXTERNAL);
        assertThat(failure.message()).contains("on vm-1: its disk is full. Free some space there");
        fleet.freeDisk(fleet.builder);
        assertThat(requests.report(requests.build(programs.hello())).state()).isEqualTo(ServiceState.BUILT);
    }

    @Test
    void a_step_that_fills_the_disk_is_told_from_one_that_fails() throws Exception {
        Zip zip = programs.ownPython(Programs.HELLO)
                .with("Dockerfile", "FROM gantry/python:1\nRUN cat /dev/zero > /filled\nCMD [\"true\"]\n")
                .with("config.json", "{\"port\": 8000, \"runtime\": \"dockerfile\"}");
        Failure failure = requests.failure(requests.build(programs.of(zip)));
        assertThat(failure.code()).isEqualTo("BUILD_DISK_FULL");
        assertThat(requests.report(requests.build(programs.hello())).state()).isEqualTo(ServiceState.BUILT);
    }

    private void announceBuilder() {
        RemoteMachine builder = fleet.builder;
        nodeManager.announceNode(
                BUILDER,
                builder.engine().uri(),
                builder.hostKey(),
                builder.machine().address());
    }

    private void assertNothingOfTheAppOnTheNode() {
        await().untilAsserted(() -> assertThat(containersOnTheNode()).noneMatch(name -> name.contains(app.toString())));
        assertThat(fleet.docker(fleet.node).listImagesCmd().exec())
                .noneMatch(image -> List.of(image.getRepoDigests()).toString().contains(app.toString()));
    }

    private ServiceReport placed(DeploymentToken token) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !loadBalancer.places(token).isEmpty());
        loadBalancer.place(loadBalancer.awaitPlace(token), NODE);
        ServiceReport report = requests.report(token);
        assertThat(report.state()).as("%s", report).isEqualTo(ServiceState.RUNNING);
        return report;
    }

    private static List<String> containersOnTheNode() {
        return fleet.docker(fleet.node).listContainersCmd().withShowAll(true).exec().stream()
                .map(container -> container.getNames()[0])
                .toList();
    }

    private static List<String> publishedAt(InstanceAddress instance) {
        return fleet
                .docker(fleet.node)
                .inspectContainerCmd(instance.id().value())
                .exec()
                .getHostConfig()
                .getPortBindings()
                .getBindings()
                .values()
                .stream()
                .flatMap(Stream::of)
                .map(binding -> binding.getHostIp())
                .toList();
    }
}
