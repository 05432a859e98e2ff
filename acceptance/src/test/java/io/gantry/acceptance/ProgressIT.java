package io.gantry.acceptance;

import static io.gantry.acceptance.driver.App.APP_SERVER;
import static io.gantry.acceptance.driver.Mode.BUILD;
import static io.gantry.acceptance.driver.Mode.BUILD_AND_RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Deployment;
import io.gantry.acceptance.driver.Engine;
import io.gantry.acceptance.driver.Events.Event;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.Rest;
import io.gantry.acceptance.driver.WithGantry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a developer sees while it happens, and how it is called off. */
@WithGantry
class ProgressIT {
    private static final Duration A_DEPLOYMENT = Duration.ofMinutes(3);
    private static final Bundle HELLO = Bundle.ofExample("hello-python");
    private static final Bundle SLOW_BUILD = Bundle.ofConfig("{\"port\": 8000}").with("Dockerfile", """
            FROM gantry/python:1
            RUN for second in $(seq 240); do echo "still building $second"; sleep 1; done
            """);

    @Test
    void events_tell_each_change_and_end_with_the_deployment(Gantry gantry) {
        var app = gantry.app("live");
        app.upload(HELLO);

        try (var events = gantry.events(app.request(BUILD_AND_RUN))) {
            await().atMost(A_DEPLOYMENT).until(events::ended);
            assertThat(events.received()).hasSizeGreaterThan(3);
            assertThat(events.received()).extracting(Event::id).doesNotHaveDuplicates();
            assertThat(events.last().as(Deployment.class).expect("SUCCEEDED").stepNames())
                    .contains("BUILDING", "VERIFYING");
        }
    }

    @Test
    void who_comes_back_is_told_what_came_since(Gantry gantry) {
        var app = gantry.app("resume");
        app.upload(HELLO);
        var deployment = app.request(BUILD);
        String seen = firstEventOf(gantry, deployment).id();

        try (var rest = gantry.events(deployment, "Last-Event-ID", seen)) {
            await().atMost(A_DEPLOYMENT).until(rest::ended);
            assertThat(rest.received()).extracting(Event::id).isNotEmpty().doesNotContain(seen);
            assertThat(rest.last().as(Deployment.class).state()).isEqualTo("SUCCEEDED");
            assertThat(gantry.eventsAfter(deployment, rest.last().id()).status())
                    .isEqualTo(204);
        }
    }

    private static Event firstEventOf(Gantry gantry, Deployment deployment) {
        try (var events = gantry.events(deployment)) {
            await().until(() -> !events.received().isEmpty());
            return events.received().getFirst();
        }
    }

    @Test
    void a_build_tells_its_log_live_and_can_be_cancelled(Gantry gantry) {
        var app = gantry.app("cancel");
        app.upload(SLOW_BUILD);
        var deployment = app.request(BUILD_AND_RUN);

        try (var log = gantry.followedBuildLog(deployment, APP_SERVER)) {
            await().until(() -> log.received().toString().contains("still building 2"));
        }
        gantry.cancel(deployment).expect(202);

        await().until(() -> gantry.deployment(deployment.token()).state().equals("CANCELLED"));
        assertThat(Engine.HERE.containersOf(app)).isEmpty();
        assertThat(gantry.buildLog(deployment, APP_SERVER)).contains("still building 2");
    }

    @Test
    void the_logs_of_an_instance_come_as_text_and_live(Gantry gantry) {
        var app = gantry.app("logs");
        var deployment = app.run(HELLO.with("app.py", """
                import os, time
                from http.server import BaseHTTPRequestHandler, HTTPServer

                class Echo(BaseHTTPRequestHandler):
                    def do_GET(self):
                        if self.path != "/healthz":
                            print("asked for " + self.path, flush=True)
                        self.send_response(204)
                        self.end_headers()

                print("begun", flush=True)
                HTTPServer(("", int(os.environ["PORT"])), Echo).serve_forever()
                """));
        await().untilAsserted(() -> assertThat(app.log()).contains("begun"));

        try (var live = app.followedLog()) {
            Rest.get(deployment.url().resolve("/something"));
            await().until(() -> live.received().toString().contains("asked for /something"));
        }
    }
}
