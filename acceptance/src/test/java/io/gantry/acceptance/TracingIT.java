package io.gantry.acceptance;

import static io.gantry.acceptance.driver.Mode.BUILD_AND_RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.WithGantry;
import io.gantry.testkit.TestCollector.Recorded;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an operator's tracing shows of a deployment. */
@WithGantry
class TracingIT {
    @Test
    void one_trace_reaches_from_the_request_to_the_start_of_the_instance(Gantry gantry) {
        var app = gantry.app("traced");
        app.upload(Bundle.ofExample("hello-python"));

        var deployment = app.deploy(BUILD_AND_RUN).expect("SUCCEEDED");

        String trace = Objects.requireNonNull(deployment.traceId());
        await().untilAsserted(() -> {
            List<Recorded> told = gantry.platform().trace(trace);
            assertThat(told).extracting(Recorded::name).contains("process deployer.events", "register", "start");
            assertThat(told)
                    .extracting(Recorded::service)
                    .contains("scheduler", "deployer", "load-balancer", "node-manager");
            Recorded start = named(told, "start");
            assertThat(start.attributes())
                    .containsEntry("app", app.name())
                    .containsEntry("deployment", deployment.token());
            assertThat(beginning(start, told)).isEqualTo(named(told, "POST /api/v1/apps/{app}/deployments"));
        });
    }

    /** From part to whole, to the one that is a part of nothing. */
    private static Recorded beginning(Recorded span, List<Recorded> spans) {
        Map<String, Recorded> byId = spans.stream().collect(Collectors.toMap(Recorded::id, Function.identity()));
        Recorded whole = span;
        while (byId.containsKey(whole.parent())) {
            whole = byId.get(whole.parent());
        }
        return whole;
    }

    private static Recorded named(List<Recorded> spans, String name) {
        assertThat(spans).extracting(Recorded::name).contains(name);
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
