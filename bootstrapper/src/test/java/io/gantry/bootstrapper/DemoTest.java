package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private static final String READY = "GET /actuator/health/readiness";
    private static final String DEPLOYMENT = """
            {"token": "%s", "app": "demo", "mode": "%s", "state": "SUCCEEDED", "requestedAt": "2026-03-01T11:59:50Z",
             "finishedAt": "2026-03-01T11:59:58Z", "url": "%s", "services": []}""";

    @TempDir
    Path checkout;

    private PlayedPlatform platform;

    @BeforeEach
    void check_out() throws IOException {
        platform = new PlayedPlatform();
        write("examples/hello-python/config.json", "{\"name\": \"app-server\", \"port\": 8000}");
        String url = platform.address() + "/hello";
        platform.onText("GET /hello", "Hello from demo\n")
                .on("POST /api/v1/apps/demo/services/app-server/versions", 201, "{\"version\": 1}")
                .on("POST /api/v1/apps/demo/deployments", 202, "{\"token\": \"abcdefgh12345678\"}")
                .onEvents(
                        "GET /api/v1/deployments/abcdefgh12345678/events",
                        DEPLOYMENT.formatted("abcdefgh12345678", "BUILD_AND_RUN", url));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void the_demo_starts_deploys_shows_and_stops() throws IOException {
        Path stopped = checkout.resolve("stopped");
        Run run = demo(
                "trap 'touch %s; exit' TERM; echo Gantry is ready; while :; do sleep 0.05; done".formatted(stopped));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(platform.address() + "/hello\nHello from demo\n");
        assertThat(run.err()).contains("Gantry is ready");
        assertThat(stopped).exists();
    }

    @Test
    void a_platform_that_runs_already_is_used_and_left_alone() throws IOException {
        platform.on(READY, 200, "{\"status\": \"UP\"}");

        Run run = demo("echo started twice; exit 1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("runs here already").doesNotContain("started twice");
    }

    @Test
    void a_platform_that_does_not_start_is_said_to_be_so() throws IOException {
        Run run = demo("echo Port 7071 is in use; exit 1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("Port 7071 is in use", "The platform did not start");
    }

    private Run demo(String script) throws IOException {
        Path program = write("standalone/run", "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return Run.gantry(platform.addresses(), "demo", "--program", program.toString());
    }

    private Path write(String file, String content) throws IOException {
        Path path = checkout.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content);
    }
}
