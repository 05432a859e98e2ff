package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.exception.NotFoundException;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
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
