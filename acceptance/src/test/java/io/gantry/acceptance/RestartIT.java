package io.gantry.acceptance;

import static io.gantry.acceptance.driver.App.APP_SERVER;
import static io.gantry.acceptance.driver.Mode.BUILD;
import static io.gantry.acceptance.driver.Mode.BUILD_AND_RUN;
import static io.gantry.acceptance.driver.Mode.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Container;
import io.gantry.acceptance.driver.App;
import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Engine;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.Rest;
import io.gantry.acceptance.driver.WithGantry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The platform ends, asked to or not, and starts again: what it was told stays, what it had begun it finishes. */
@WithGantry
class RestartIT {
    private static final Bundle HELLO = Bundle.ofExample("hello-python");

    @Test
    void stopped_and_started_again_it_keeps_everything_and_doubles_nothing(Gantry gantry) {
        var running = gantry.app("kept");
        var before = running.run(HELLO);
        var containers = idsOf(running);
        var dueMeanwhile = built(gantry.app("due"));
        var later = built(gantry.app("later"));
        later.plan(Map.of("mode", RUN, "cron", "0 3 1 1 *", "timeZone", "UTC")).expect(201);
        dueMeanwhile
                .plan(Map.of("mode", RUN, "at", Instant.now().plusSeconds(10).toString()))
                .expect(201);

        gantry.platform().stop();
        assertThat(idsOf(running)).isEqualTo(containers);
        gantry.platform().startAgain();

        assertThat(running.answer()).contains("version 1");
        assertThat(idsOf(running)).isEqualTo(containers);
        assertThat(running.instances()).hasSize(1);
        assertThat(gantry.deployment(before.token())).isEqualTo(before);
        assertThat(later.schedules()).hasSize(1);
        assertThat(running.upload(HELLO).version()).isEqualTo(1);
        await("What came due meanwhile")
                .untilAsserted(() -> assertThat(Engine.HERE.runningContainersOf(dueMeanwhile))
                        .hasSize(1));
    }

    @Test
    void killed_in_the_middle_it_finishes_what_it_had_begun_once(Gantry gantry) {
        var building = gantry.app("building");
        building.upload(Bundle.ofConfig("{\"port\": 8000}").with("Dockerfile", """
                FROM gantry/python:1
                RUN for second in $(seq 4); do echo "building $second"; sleep 1; done
                CMD ["python3", "-m", "http.server", "8000"]
                """));
        var verifying = gantry.app("verifying");
        verifying.upload(HELLO.replacing("app.py", "signal.signal", "__import__('time').sleep(4)\nsignal.signal"));
        var inBuild = building.request(BUILD_AND_RUN);
        var inVerification = verifying.request(BUILD_AND_RUN);
        await("A container that does not serve yet")
                .until(() -> !Engine.HERE.runningContainersOf(verifying).isEmpty());

        gantry.platform().kill();
        gantry.platform().startAgain();

        gantry.ended(inVerification).expect("SUCCEEDED");
        gantry.ended(inBuild).expect("SUCCEEDED");
        for (App app : List.of(building, verifying)) {
            assertThat(Engine.HERE.containersOf(app)).hasSize(1);
            assertThat(app.instances()).hasSize(1);
        }
        verifying.awaitAnswer("version 1");
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void each_service_is_restarted_alone_and_the_platform_goes_on(Gantry gantry) {
        var app = gantry.app("meanwhile");
        app.run(HELLO);
        var containers = idsOf(app);

        for (String service :
                List.of("scheduler", "deployer", "load-balancer", "node-manager", "monitoring", "lifecycle-manager")) {
            restart(gantry, service);
        }

        assertThat(idsOf(app)).isEqualTo(containers);
        assertThat(app.answer()).contains("version 1");
        var after = gantry.app("after");
        after.run(HELLO);
        after.awaitAnswer("version 1");
    }

    private static void restart(Gantry gantry, String service) {
        String token = Rest.postJson(gantry.lifecycleManager("/api/v1/services/%s/restart".formatted(service)), "")
                .expect(202)
                .json()
                .path("token")
                .asString();
        await("Restart of " + service)
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> Rest.get(gantry.lifecycleManager("/api/v1/operations/" + token))
                        .json()
                        .path("state")
                        .asString()
                        .equals("SUCCEEDED"));
    }

    private static List<String> idsOf(App app) {
        return Engine.HERE.runningContainersOf(app).stream()
                .map(Container::getId)
                .toList();
    }

    private static App built(App app) {
        app.upload(HELLO);
        app.deploy(BUILD, APP_SERVER, 1).expect("SUCCEEDED");
        return app;
    }
}
