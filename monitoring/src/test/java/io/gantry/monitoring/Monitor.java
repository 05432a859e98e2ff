package io.gantry.monitoring;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** Monitoring, as people ask it. */
@TestComponent
class Monitor {
    private final RestTestClient rest;

    Monitor(RestTestClient rest) {
        this.rest = rest;
    }

    /** Until the only incident there is is in that state. */
    void awaitIncident(String state) {
        await().untilAsserted(() -> assertThat(incidents())
                .singleElement()
                .satisfies(incident -> assertThat(incident.path("state").asString())
                        .as(incident.toString())
                        .isEqualTo(state)));
    }

    List<JsonNode> incidents() {
        return get("/api/v1/incidents").path("incidents").values().stream().toList();
    }

    JsonNode health() {
        return get("/api/v1/health");
    }

    private JsonNode get(String uri) {
        JsonNode body = rest.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(body).isNotNull();
        return body;
    }
}
