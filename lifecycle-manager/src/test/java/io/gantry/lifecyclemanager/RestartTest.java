package io.gantry.lifecyclemanager;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.manifest.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** Restarts that a person asks for over REST. */
@LifecycleManagerTest
class RestartTest {
    private static final ServiceName WEB = Neighbours.SERVICE;
    private static final ServiceName API = new ServiceName("api");

    @Autowired
    Neighbours neighbours;

    @Autowired
    RestTestClient rest;

    @Test
    void an_app_is_restarted_with_all_its_services_but_its_jobs_and_the_token_tells_what_became_of_it() {
        AppName app = new AppName("whole");
        neighbours.have(app, WEB, Kind.SERVICE);
        neighbours.have(app, API, Kind.WORKER);
        neighbours.have(app, new ServiceName("once"), Kind.JOB);
        String token = token("/api/v1/apps/whole/restart");
        assertThat(neighbours.awaitCommand(app))
                .isInstanceOfSatisfying(
                        DeployerCommand.Restart.class,
                        restart -> assertThat(restart.services()).containsExactly(API, WEB));
        assertThat(operation(token).path("state").asString()).isEqualTo("RUNNING");
        neighbours.answer(neighbours.awaitCommand(app), Outcome.SUCCEEDED, null);
        await().until(() -> "SUCCEEDED".equals(operation(token).path("state").asString()));
        assertThat(operation(token).path("what").asString()).isEqualTo("whole");
    }

    @Test
    void one_service_of_an_app_is_restarted_alone() {
        AppName app = new AppName("part");
        neighbours.have(app, WEB, Kind.SERVICE);
        neighbours.have(app, API, Kind.SERVICE);
        token("/api/v1/apps/part/services/api/restart");
        assertThat(neighbours.awaitCommand(app))
                .isInstanceOfSatisfying(
                        DeployerCommand.Restart.class,
                        restart -> assertThat(restart.services()).containsExactly(API));
    }

    @Test
    void a_model_is_restarted_by_its_name_alone_unless_two_apps_have_it() {
        AppName app = new AppName("clever");
        neighbours.have(app, new ServiceName("llm"), Kind.MODEL);
        token("/api/v1/models/llm/restart");
        neighbours.awaitCommand(app);
        neighbours.have(new AppName("cleverer"), new ServiceName("llm"), Kind.MODEL);
        refused("/api/v1/models/llm/restart", 409, "MODEL_AMBIGUOUS");
    }

    @Test
    void what_does_not_run_can_not_be_restarted() {
        AppName app = new AppName("ended");
        InstanceId instance = neighbours.have(app, WEB, Kind.SERVICE);
        CompletableFuture.allOf(
                        CompletableFuture.runAsync(
                                () -> refused("/api/v1/apps/ended/services/api/restart", 404, "SERVICE_NOT_RUNNING")),
                        CompletableFuture.runAsync(
                                () -> refused("/api/v1/models/web/restart", 404, "MODEL_NOT_RUNNING")))
                .join();
        neighbours.lose(instance);
        refused("/api/v1/apps/ended/restart", 404, "APP_NOT_RUNNING");
        assertThat(neighbours.commandsFor(app)).isEmpty();
    }

    @Test
    void what_was_deployed_just_now_and_not_heard_of_yet_is_waited_for() {
        AppName app = new AppName("new");
        CompletableFuture<String> token =
                CompletableFuture.supplyAsync(() -> token("/api/v1/apps/new/services/web/restart"));
        await().during(Duration.ofMillis(300)).until(() -> !token.isDone());
        neighbours.have(app, WEB, Kind.SERVICE);
        assertThat(neighbours.awaitCommand(app).token()).hasToString(token.join());
    }

    @Test
    void services_that_somebody_else_started_are_restarted_by_him() {
        refused("/api/v1/services/scheduler/restart", 409, "NOT_STARTED_BY_US");
    }

    @Test
    void an_operation_that_nobody_asked_for_is_not_there() {
        rest.get()
                .uri("/api/v1/operations/aaaaaaaaaaaaaaaa")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void a_service_of_the_platform_that_does_not_answer_is_said_to_be_out_of_reach() {
        JsonNode services = get("/api/v1/services").path("services");
        assertThat(services.values()).anySatisfy(service -> {
            assertThat(service.path("name").asString()).isEqualTo("nobody");
            assertThat(service.path("state").asString()).isEqualTo("UNREACHABLE");
        });
    }

    @Test
    void where_there_is_no_fleet_there_are_no_machines_and_none_can_be_restarted() {
        assertThat(get("/api/v1/machines").path("machines").isEmpty()).isTrue();
        refused("/api/v1/machines/vm-1/restart", 409, "NOT_A_FLEET");
        refused("/api/v1/machines", 409, "NOT_A_FLEET");
    }

    @Test
    void where_there_is_no_fleet_the_platform_waits_for_what_does_not_answer() {
        JsonNode reconciliation = get("/api/v1/reconciliation");
        assertThat(reconciliation.path("settled").asBoolean()).isFalse();
        assertThat(reconciliation.path("waitsFor").values())
                .anySatisfy(waits -> assertThat(waits.asString()).startsWith("nobody at "));
    }

    private String token(String uri) {
        JsonNode accepted = rest.post()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(accepted).isNotNull();
        return accepted.path("token").asString();
    }

    private void refused(String uri, int status, String code) {
        rest.post()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    private JsonNode operation(String token) {
        return get("/api/v1/operations/" + token);
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
