package io.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.ComposedPlatform;
import io.gantry.acceptance.driver.Rest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The whole platform by docker-compose, from nothing to nothing again; what each test leaves, the next one finds. */
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OneDockerHostIT {
    private static final String APP = "hello";
    private static final Duration SOON = Duration.ofMinutes(2);

    private static ComposedPlatform platform;
    private static URI hello;

    @BeforeAll
    static void describe() throws IOException, InterruptedException {
        platform = ComposedPlatform.described();
    }

    @AfterAll
    static void leave_nothing_behind() throws IOException {
        platform.close();
    }

    @Test
    @Order(1)
    void one_command_brings_up_the_whole_platform() throws IOException, InterruptedException {
        platform.up();

        assertThat(platform.commandLine().run("nodes").out()).contains("local");
    }

    @Test
    @Order(2)
    void an_app_is_deployed_by_the_command_line_and_answers() throws IOException, InterruptedException {
        hello = platform.deploy("hello-python", APP);

        assertThat(hello.getHost()).isEqualTo("127.0.0.1");
        assertThat(Rest.get(hello).body()).contains("Hello from hello");
    }

    @Test
    @Order(3)
    void a_service_whose_process_is_killed_is_back_by_itself() throws IOException, InterruptedException {
        List<String> instances = platform.instances();

        platform.kill("deployer");
        await("It is started again").atMost(SOON).until(() -> platform.restarts("deployer") > 0);
        platform.awaitReady();

        assertThat(platform.instances()).hasSize(1).isEqualTo(instances);
        assertThat(Rest.get(hello).status()).isEqualTo(200);
    }

    @Test
    @Order(4)
    void stopped_and_started_again_the_platform_knows_its_app() throws IOException, InterruptedException {
        List<String> instances = platform.instances();

        platform.down();
        assertThat(Rest.get(hello).body()).as("while there is no platform").contains("Hello from hello");
        platform.up();

        assertThat(platform.commandLine().run("ps", APP).out()).contains("app-server");
        assertThat(platform.instances()).hasSize(1).isEqualTo(instances);
        assertThat(Rest.get(hello).body()).contains("Hello from hello");
    }

    @Test
    @Order(5)
    void services_whose_clocks_are_hours_apart_do_all_this_together() throws IOException, InterruptedException {
        platform.upWithWrongClocks();
        assertThat(Duration.between(platform.timeIn("deployer"), platform.timeIn("scheduler")))
                .as("from one to the other")
                .isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));

        hello = platform.deploy("hello-python", APP);
        String instance = platform.instances().getFirst();
        platform.killInstance(instance);
        await("It is started again")
                .atMost(SOON)
                .until(() -> platform.instances().contains(instance));

        await("Its node is reached")
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(platform.commandLine().run("nodes").out())
                                .contains("READY")
                                .doesNotContain("clock"));
        await("An incident, and no other")
                .untilAsserted(() -> assertThat(platform.incidents())
                        .isNotEmpty()
                        .allMatch(incident -> incident.path("app").asString().equals(APP)));
    }

    @Test
    @Order(6)
    void nothing_is_left_of_it() throws IOException, InterruptedException {
        var deleted = platform.commandLine().run("delete", APP, "--yes", "--wait");
        assertThat(deleted.exitCode()).as(deleted.err()).isZero();
        await("An end of its images, for which the command does not wait")
                .until(() -> platform.leftOfApps().isEmpty());
        platform.downWithData();

        assertThat(platform.left()).isEmpty();
    }
}
