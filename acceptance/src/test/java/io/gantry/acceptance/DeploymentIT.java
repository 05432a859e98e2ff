package io.gantry.acceptance;

import static io.gantry.acceptance.driver.App.APP_SERVER;
import static io.gantry.acceptance.driver.Mode.BUILD;
import static io.gantry.acceptance.driver.Mode.BUILD_AND_RUN;
import static io.gantry.acceptance.driver.Mode.RUN;
import static io.gantry.acceptance.driver.Mode.STOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.ConstantRequests;
import io.gantry.acceptance.driver.Deployment;
import io.gantry.acceptance.driver.Engine;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.Rest;
import io.gantry.acceptance.driver.WithGantry;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a zip to an answering address, and back. */
@WithGantry
class DeploymentIT {
    private static final Bundle HELLO = Bundle.ofExample("hello-python");

    @Test
    void a_zip_becomes_an_address_that_answers(Gantry gantry) {
        var app = gantry.app("hello");
        assertThat(app.upload(HELLO).version()).isEqualTo(1);

        var deployment = app.deploy(BUILD_AND_RUN).expect("SUCCEEDED");

        assertThat(Rest.get(deployment.url()).expect(200).body())
                .startsWith("Hello from %s, version 1, instance ".formatted(app.name()));
        await().untilAsserted(() -> assertThat(app.url()).isEqualTo(deployment.url()));
        assertThat(deployment.onlyService().state()).isEqualTo("RUNNING");
        assertThat(deployment.onlyService().image())
                .matches(".+/%s/app-server@sha256:[0-9a-f]{64}".formatted(app.name()));
        assertThat(deployment.stepNames())
                .containsSubsequence("BUILDING", "PUSHING", "PLACING", "STARTING", "VERIFYING", "REGISTERING");
        assertThat(app.instances())
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("state").asString()).isEqualTo("RUNNING"));
    }

    @Test
    void building_starts_nothing_running_starts_what_was_built_stopping_removes_it(Gantry gantry) {
        var app = gantry.app("steps");
        app.upload(HELLO);

        var built = app.deploy(BUILD).expect("SUCCEEDED");
        assertThat(built.onlyService().state()).isEqualTo("BUILT");
        assertThat(Engine.HERE.containersOf(app)).isEmpty();

        var running = app.deploy(RUN).expect("SUCCEEDED");
        assertThat(running.onlyService().image()).isEqualTo(built.onlyService().image());
        assertThat(running.stepNames()).doesNotContain("BUILDING", "PUSHING");
        app.awaitAnswer(app.name());

        app.deploy(STOP).expect("SUCCEEDED");
        assertThat(Engine.HERE.containersOf(app)).isEmpty();
        await().untilAsserted(() -> assertThat(app.instances()).isEmpty());
    }

    @Test
    void the_same_zip_again_is_the_same_version_and_is_not_built_again(Gantry gantry) {
        var app = gantry.app("same");
        var first = app.upload(HELLO);
        var built = app.deploy(BUILD).expect("SUCCEEDED");

        var again = app.offer(APP_SERVER, HELLO.zip()).expect(200);
        assertThat(again.json().path("version").asInt()).isEqualTo(first.version());
        assertThat(again.json().path("sha256").asString()).isEqualTo(first.sha256());

        var rebuilt = app.deploy(BUILD).expect("SUCCEEDED");
        assertThat(rebuilt.onlyService().image()).isEqualTo(built.onlyService().image());
        assertThat(rebuilt.stepNames()).doesNotContain("PUSHING");
    }

    @Test
    void a_new_version_takes_over_without_a_failed_request(Gantry gantry) {
        var app = gantry.app("update");
        var hello = HELLO.replacing("config.json", "\"port\"", "\"stop\": {\"drain\": \"5s\"}, \"port\"");
        app.run(hello);
        app.awaitAnswer("version 1");

        try (var visitors = ConstantRequests.to(app)) {
            visitors.awaitAnswer("version 1");
            app.run(hello.replacing("app.py", "Hello from", "Welcome to"));
            visitors.awaitAnswer("Welcome to %s, version 2".formatted(app.name()));
            assertThat(visitors.failures()).isEmpty();
        }
        assertThat(Engine.HERE.containersOf(app)).hasSize(1);
    }

    @Test
    void an_earlier_version_can_be_run_again(Gantry gantry) {
        var app = gantry.app("back");
        app.run(HELLO);
        app.run(HELLO.replacing("app.py", "Hello from", "Welcome to"));

        app.deploy(RUN, APP_SERVER, 1).expect("SUCCEEDED");

        app.awaitAnswer("Hello from %s, version 1".formatted(app.name()));
        assertThat(app.history()).extracting(Deployment::mode).containsExactly("RUN", "BUILD_AND_RUN", "BUILD_AND_RUN");
    }

    @Test
    void the_services_of_an_app_reach_each_other_by_name(Gantry gantry) {
        var app = gantry.app("shop");
        app.upload("worker-api", Bundle.ofExample("shop/worker-api"));
        app.upload(Bundle.ofExample("shop/app-server"));

        var deployment = app.deploy(BUILD_AND_RUN).expect("SUCCEEDED");

        assertThat(deployment.services())
                .extracting(Deployment.Service::name)
                .containsExactlyInAnyOrder(APP_SERVER, "worker-api");
        assertThat(Rest.get(deployment.url()).expect(200).body()).contains("<h1>Shop</h1>", "Counted by " + app.name());
    }

    @Test
    void a_key_makes_a_repeated_request_the_same_deployment(Gantry gantry) {
        var app = gantry.app("once");
        app.upload(HELLO);

        var first = app.request(BUILD_AND_RUN, "Idempotency-Key", "deploy-once");
        var second = app.order(Map.of("mode", BUILD_AND_RUN), "Idempotency-Key", "deploy-once");

        assertThat(second.json().path("token").asString()).isEqualTo(first.token());
        gantry.ended(first).expect("SUCCEEDED");
        assertThat(Engine.HERE.containersOf(app)).hasSize(1);
    }

    @Test
    void a_deleted_app_leaves_nothing(Gantry gantry) throws IOException {
        var app = gantry.app("gone");
        app.run(HELLO);
        assertThat(app.pushedTags(APP_SERVER)).containsExactly("1");

        app.delete();

        await().untilAsserted(() -> {
            app.get().expect(404);
            assertThat(Engine.HERE.containersOf(app)).isEmpty();
            assertThat(Engine.HERE.imagesOf(app)).isEmpty();
            assertThat(Engine.HERE.buildCacheOf(app)).isEmpty();
            assertThat(app.pushedTags(APP_SERVER)).isEmpty();
            assertThat(Engine.HERE.networksOf(app)).isEmpty();
            assertThat(app.instances()).isEmpty();
        });
    }
}
