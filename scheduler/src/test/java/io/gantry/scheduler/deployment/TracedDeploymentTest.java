package io.gantry.scheduler.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.bundle.Zips;
import io.gantry.scheduler.Answer;
import io.gantry.scheduler.Api;
import io.gantry.scheduler.SchedulerTest;
import io.gantry.testkit.TestCollector;
import io.gantry.testkit.TestCollector.Recorded;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Where a collector is named, the trace of a deployment begins here, and everybody can say which it is. */
@SchedulerTest
class TracedDeploymentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";
    private static final String DEPLOYMENTS = "/api/v1/apps/shop/deployments";
    private static final TestCollector COLLECTOR = TestCollector.start();

    @Autowired
    Api api;

    @TempDir
    Path folder;

    @DynamicPropertySource
    static void traced(DynamicPropertyRegistry properties) {
        properties.add("gantry.tracing.endpoint", COLLECTOR::endpoint);
    }

    @AfterAll
    static void stop() {
        COLLECTOR.close();
    }

    @BeforeEach
    void an_app() {
        api.upload(
                "shop",
                "web",
                Zips.at(folder)
                        .file("config.json", "{\"port\": 1}")
                        .file("app.py", "")
                        .done());
    }

    @Test
    void a_deployment_names_its_trace_from_the_request_to_the_command() {
        Answer asked = api.post(DEPLOYMENTS, "{\"mode\": \"RUN\"}");
        String trace = asked.at("/traceId");
        assertThat(trace).matches("[0-9a-f]{32}");
        assertThat(api.get("/api/v1/deployments/" + asked.at("/token")).at("/traceId"))
                .isEqualTo(trace);
        await().until(() -> named(trace, "send deployer.commands").isPresent());
        await().until(() -> named(trace, "POST /api/v1/apps/{app}/deployments").isPresent());
        Recorded request = named(trace, "POST /api/v1/apps/{app}/deployments").orElseThrow();
        assertThat(named(trace, "send deployer.commands").orElseThrow().parent())
                .isEqualTo(request.id());
        assertThat(request.service()).isEqualTo("scheduler");
    }

    @Test
    void a_callers_trace_is_the_deployments() {
        Answer asked =
                api.post(DEPLOYMENTS, "{\"mode\": \"RUN\"}", "traceparent", "00-%s-%s-01".formatted(TRACE, CALLER));
        assertThat(asked.at("/traceId")).isEqualTo(TRACE);
        await().until(
                        () -> named(TRACE, "POST /api/v1/apps/{app}/deployments")
                                .map(Recorded::parent),
                        Optional.of(CALLER)::equals);
    }

    @Test
    void a_refusal_names_its_trace_too() {
        assertThat(api.post("/api/v1/apps/nothing/deployments", "{\"mode\": \"RUN\"}")
                        .at("/traceId"))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void reading_begins_no_trace() {
        assertThat(api.get("/api/v1/apps/nothing").at("/traceId")).isEmpty();
    }

    private static Optional<Recorded> named(String trace, String name) {
        return COLLECTOR.trace(trace).stream()
                .filter(span -> span.name().equals(name))
                .findFirst();
    }
}
