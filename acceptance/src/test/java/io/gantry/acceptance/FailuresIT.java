package io.gantry.acceptance;

import static io.gantry.acceptance.driver.App.APP_SERVER;
import static io.gantry.acceptance.driver.Mode.BUILD_AND_RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.App;
import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Deployment;
import io.gantry.acceptance.driver.Engine;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.WithGantry;
import org.junit.jupiter.api.Test;

/** What fails says what to mend, and leaves nothing that claims otherwise. */
@WithGantry
class FailuresIT {
    @Test
    void a_crash_at_start_is_reported_with_exit_code_and_last_lines(Gantry gantry) {
        var app = gantry.app("crash");

        var failure = failed(app, Bundle.ofExample("crash-at-start")).failure();

        assertThat(failure.kind()).isEqualTo("REQUEST");
        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure.oomKilled()).isFalse();
        assertThat(failure.log()).anyMatch(line -> line.contains("KeyError: 'DATABASE_URL'"));
        assertThatNothingRuns(app);
    }

    @Test
    void a_service_that_never_becomes_healthy_is_reported_with_its_last_probe(Gantry gantry) {
        var app = gantry.app("sick");

        var failure = failed(app, Bundle.ofExample("never-healthy")).failure();

        assertThat(failure.kind()).isEqualTo("REQUEST");
        assertThat(failure.lastProbe()).contains("503");
        assertThat(failure.log()).anyMatch(line -> line.contains("not ready to serve"));
        assertThatNothingRuns(app);
    }

    @Test
    void a_service_that_wants_too_much_memory_is_reported_as_such(Gantry gantry) {
        var app = gantry.app("greedy");

        var failure = failed(app, Bundle.ofPython("""
                        {"port": 8000, "resources": {"memory": "32Mi"}}
                        """, """
                        print("Reading everything into memory", flush=True)
                        everything = bytearray(512 << 20)
                        """)).failure();

        assertThat(failure.oomKilled()).isTrue();
        assertThat(failure.message()).containsIgnoringCase("memory");
        assertThatNothingRuns(app);
    }

    @Test
    void a_build_that_fails_is_reported_with_the_end_of_its_log(Gantry gantry) {
        var app = gantry.app("unbuilt");

        var deployment = failed(app, Bundle.ofConfig("{\"port\": 8000}").with("Dockerfile", """
                        FROM gantry/python:1
                        RUN echo 'About to fail' && exit 7
                        """));

        assertThat(deployment.failure().kind()).isEqualTo("REQUEST");
        assertThat(deployment.failure().log()).anyMatch(line -> line.contains("About to fail"));
        assertThat(deployment.onlyService().image()).isNull();
        await("The log comes by another way than the end")
                .untilAsserted(() ->
                        assertThat(gantry.buildLog(deployment, APP_SERVER)).contains("About to fail"));
        assertThatNothingRuns(app);
    }

    @Test
    void a_new_version_that_fails_leaves_the_old_one_serving(Gantry gantry) {
        var app = gantry.app("still");
        app.run(Bundle.ofExample("hello-python"));

        failed(app, Bundle.ofExample("crash-at-start"));

        assertThat(app.answer()).contains("version 1");
        assertThat(Engine.HERE.containersOf(app)).hasSize(1);
    }

    private static Deployment failed(App app, Bundle bundle) {
        app.upload(bundle);
        var deployment = app.deploy(BUILD_AND_RUN).expect("FAILED");
        assertThat(deployment.onlyService().state()).isEqualTo("FAILED");
        assertThat(deployment.failure().log()).hasSizeLessThanOrEqualTo(50);
        return deployment;
    }

    private static void assertThatNothingRuns(App app) {
        assertThat(Engine.HERE.containersOf(app)).isEmpty();
        assertThat(Engine.HERE.imagesOf(app)).isEmpty();
        assertThat(app.instances()).isEmpty();
        assertThat(app.description().path("url").isMissingNode()
                        || app.description().path("url").isNull())
                .isTrue();
    }
}
