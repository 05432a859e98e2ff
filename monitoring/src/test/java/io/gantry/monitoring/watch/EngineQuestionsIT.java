package io.gantry.monitoring.watch;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.remote.Engines;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a real engine says of a real container, whatever becomes of it. */
class EngineQuestionsIT {
    private static final URI LOCAL = URI.create("unix:///var/run/docker.sock");

    private static final Node NODE = new Node(
            new NodeId("local"),
            LOCAL,
            null,
            "127.0.0.1",
            2,
            Memory.mebibytes(1024),
            Map.of(),
            NodeState.READY,
            false,
            Instant.EPOCH);

    private final Engines engines = new Engines(null);
    private final EngineQuestions questions = new EngineQuestions(engines);
    private final DockerClient docker = engines.of(LOCAL, null).docker();
    private final String service = "watched-" + Long.toString(System.nanoTime(), 36);

    @AfterEach
    void close() {
        docker.listContainersCmd()
                .withShowAll(true)
                .withNameFilter(List.of("gantry-" + service))
                .exec()
                .forEach(container -> docker.removeContainerCmd(container.getId())
                        .withForce(true)
                        .exec());
        engines.close();
    }

    private static PreparedMachine machine(URI engine) {
        return new PreparedMachine(
                new NodeId("vm-1"),
                engine,
                "ssh-ed25519 AAAA",
                "127.0.0.1",
                true,
                2,
                Memory.mebibytes(1024),
                Map.of(),
                false,
                Instant.EPOCH);
    }

    private ContainerWord word() {
        return questions.container(machine(LOCAL), service);
    }

    private String start(RestartPolicy policy, String... command) {
        return start("gantry-" + service, policy, command);
    }

    private String start(String name, RestartPolicy policy, String... command) {
        String id = docker.createContainerCmd("gantry/debian:1")
                .withName(name)
                .withCmd(command)
                .withHostConfig(HostConfig.newHostConfig().withRestartPolicy(policy))
                .exec()
                .getId();
        docker.startContainerCmd(id).exec();
        return id;
    }

    @Test
    void it_is_told_apart_whether_a_container_runs_ended_or_is_gone() {
        assertThat(word()).isEqualTo(new ContainerWord.Absent());
        String id = start(RestartPolicy.noRestart(), "sleep", "600");
        assertThat(word())
                .isInstanceOfSatisfying(
                        ContainerWord.Runs.class,
                        runs -> assertThat(runs.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1)));
        docker.killContainerCmd(id).exec();
        await().until(() -> word().equals(new ContainerWord.Ended("exit code 137")));
    }

    @Test
    void an_instance_s_container_has_the_instance_s_name() {
        var instance =
                InstanceId.of(new AppName(service), new ServiceName("web"), new DeploymentToken("aaaaaaaaaaaaaaaa"), 0);
        assertThat(questions.container(NODE, instance)).isEqualTo(new ContainerWord.Absent());
        String id = start(instance.value(), RestartPolicy.noRestart(), "sleep", "600");
        try {
            assertThat(questions.container(NODE, instance)).isInstanceOf(ContainerWord.Runs.class);
        } finally {
            docker.removeContainerCmd(id).withForce(true).exec();
        }
    }

    @Test
    void one_that_docker_waits_to_start_again_does_not_run() {
        start(RestartPolicy.alwaysRestart(), "sh", "-c", "exit 3");
        await().until(() -> word().equals(new ContainerWord.Ended("exit code 3")));
    }

    @Test
    void a_machine_without_an_engine_is_there_all_the_same_and_its_containers_are_not_known() {
        PreparedMachine without = machine(URI.create("unix:///run/no-engine.sock"));
        assertThat(questions.reach(without)).isEmpty();
        assertThat(questions.container(without, service)).isInstanceOf(ContainerWord.NoEngine.class);
        assertThat(questions.reach(machine(LOCAL))).isEmpty();
    }
}
