package io.gantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.gantry.remote.Engines;
import io.gantry.testkit.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole platform in a process of its own, as {@code gantry dev} runs it. */
class StandaloneIT {
    private static final String READY = "Gantry is ready at";
    private static final int KILLED_BY_TERM = 143;

    @TempDir
    private Path state = Path.of("");

    private final Ports ports = new Ports(FreePorts.base(1, 2, 3, 4, 5, 10, 11, 22, 23, 362));
    private final Engines engines = new Engines(null);
    private final DockerClient docker =
            engines.of(URI.create("unix:///var/run/docker.sock"), null).docker();

    @AfterEach
    void leave_nothing_behind() throws IOException {
        for (String standIn : standIns()) {
            try {
                docker.removeContainerCmd(standIn).withForce(true).exec();
            } catch (NotFoundException neverMade) {
                continue;
            }
            docker.removeVolumeCmd(standIn).exec();
        }
        engines.close();
    }

    @Test
    void it_becomes_ready_refuses_a_double_and_comes_back_after_a_kill() throws Exception {
        try (var killed = start()) {
            killed.awaitLine(READY);
            assertThat(List.of(
                            ports.lifecycleManager(),
                            ports.scheduler(),
                            ports.deployer(),
                            ports.loadBalancer(),
                            ports.nodeManager(),
                            ports.monitoring()))
                    .allSatisfy(port -> assertThat(readiness(port)).contains("UP"));
            try (var second = start()) {
                second.awaitLine("already running");
                assertThat(second.exitCode()).isEqualTo(1);
            }
            killed.kill();
        }
        List<String> leftRunning = containerIds();
        try (var again = start()) {
            again.awaitLine(READY);
            assertThat(containerIds()).isEqualTo(leftRunning);
            assertThat(again.terminate()).isEqualTo(KILLED_BY_TERM);
        }
        assertThat(standIns())
                .allSatisfy(standIn -> assertThat(isRunning(standIn)).isFalse());
    }

    private ChildJvm start() throws IOException {
        return ChildJvm.start(
                Standalone.class, "--state-dir", state.toString(), "--port-base", Integer.toString(ports.base()));
    }

    private static String readiness(int port) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(port));
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(address)
                                    .timeout(Duration.ofSeconds(60))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    private List<String> standIns() throws IOException {
        String fleet = Files.readString(state.resolve("fleet"));
        return List.of("gantry-%s-registry".formatted(fleet), "gantry-%s-azurite".formatted(fleet));
    }

    private List<String> containerIds() throws IOException {
        return standIns().stream()
                .map(standIn -> docker.inspectContainerCmd(standIn).exec().getId())
                .toList();
    }

    private boolean isRunning(String container) {
        return Boolean.TRUE.equals(
                docker.inspectContainerCmd(container).exec().getState().getRunning());
    }
}
