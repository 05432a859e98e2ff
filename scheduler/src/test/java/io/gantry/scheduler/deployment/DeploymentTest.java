package io.gantry.scheduler.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.bundle.Zips;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.BuildLog;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.scheduler.Answer;
import io.gantry.scheduler.Api;
import io.gantry.scheduler.Events;
import io.gantry.scheduler.PlayedDeployer;
import io.gantry.scheduler.SchedulerTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@SchedulerTest
class DeploymentTest {
    private static final AppName SHOP = new AppName("shop");
    private static final ServiceName APP_SERVER = new ServiceName("app-server");
    private static final ServiceName WORKER = new ServiceName("worker-api");
    private static final ServiceReport FAILED =
            new ServiceReport(APP_SERVER, 1, ServiceState.FAILED, null, List.of(), null);
    private static final String DEPLOYMENTS = "/api/v1/apps/shop/deployments";

    @Autowired
    Api api;

    @Autowired
    PlayedDeployer deployer;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @TempDir
    Path folder;

    @BeforeEach
    void an_app_of_two_services() {
        jdbc.sql("delete from deployment").update();
        jdbc.sql("delete from app").update();
        upload("app-server", "1");
        upload("worker-api", "1");
    }

    @Test
    void without_services_the_newest_of_all_are_meant() {
        upload("app-server", "2");
        Answer answer = api.post(DEPLOYMENTS, "{\"mode\": \"BUILD_AND_RUN\"}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).contains("/api/v1/deployments/" + answer.at("/token"));
        assertThat(answer.at("/state")).isEqualTo("ACCEPTED");
        assertThat(deployer.await(token(answer)))
                .isInstanceOfSatisfying(
                        DeployerCommand.BuildAndRun.class,
                        command -> assertThat(command.releases())
                                .extracting(Release::service, Release::version)
                                .containsExactly(tuple("app-server", 2), tuple("worker-api", 1)));
    }

    @ParameterizedTest
    @CsvSource({"BUILD", "RUN", "BUILD_AND_RUN"})
    void the_services_and_versions_named_are_asked_for(Mode mode) {
        upload("app-server", "2");
        Answer answer = api.post(
                DEPLOYMENTS,
                "{\"mode\": \"%s\", \"services\": [{\"name\": \"app-server\", \"version\": 1}]}".formatted(mode));
        DeployerCommand command = deployer.await(token(answer));
        List<Release> releases = switch (command) {
            case DeployerCommand.Build build -> build.releases();
            case DeployerCommand.Run run -> run.releases();
            case DeployerCommand.BuildAndRun both -> both.releases();
            default -> throw new AssertionError(command);
        };
        assertThat(releases).extracting(Release::service, Release::version).containsExactly(tuple("app-server", 1));
        assertThat(releases.getFirst().bundle().key())
                .isEqualTo(releases.getFirst().bundle().sha256() + ".zip");
    }

    @Test
    void a_stop_names_services_only() {
        Answer answer = api.post(DEPLOYMENTS, "{\"mode\": \"STOP\", \"services\": [{\"name\": \"worker-api\"}]}");
        assertThat(deployer.await(token(answer)))
                .isInstanceOfSatisfying(
                        DeployerCommand.Stop.class,
                        stop -> assertThat(stop.services()).containsExactly(WORKER));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                          | 400 | INVALID_BODY      | /mode",
                "{\"mode\": \"FLY\"}                                         | 400 | INVALID_BODY      | /mode",
                "{\"mode\": \"SCALE_UP\"}                                    | 400 | INVALID_BODY      | /mode",
                "{\"mode\": 1}                                               | 400 | INVALID_BODY      | /mode",
                "{\"mode\": \"RUN\", \"service\": \"x\"}                     | 400 | INVALID_BODY      | /service",
                "{\"mode\": \"RUN\", \"services\": \"x\"}                    | 400 | INVALID_BODY      | /services",
                "{\"mode\": \"RUN\", \"services\": [{}]}                     | 400 | INVALID_BODY      | /services/0/name",
                "{\"mode\": \"RUN\", \"services\": [null]}                   | 400 | INVALID_BODY      | /services/0/name",
                "{\"mode\": \"RUN\", \"services\": [{\"name\": \"A;id\"}]}   | 400 | INVALID_BODY      | /services/0/name",
                "{\"mode\": \"RUN\", \"services\": [{\"name\": \"app-server\", \"version\": \"x\"}]} | 400 | INVALID_BODY | /services/0/version",
                "{\"mode\": \"RUN\", \"services\": [{\"name\": \"app-server\"}, {\"name\": \"app-server\"}]} | 400 | INVALID_BODY | /services/1/name",
                "{\"mode\": \"RUN\", \"services\": [{\"name\": \"none\"}]}   | 404 | SERVICE_NOT_FOUND | /services/0/name",
                "{\"mode\": \"STOP\", \"services\": [{\"name\": \"none\"}]}  | 404 | SERVICE_NOT_FOUND | /services/0/name",
                "{\"mode\": \"RUN\", \"services\": [{\"name\": \"app-server\", \"version\": 9}]} | 404 | VERSION_NOT_FOUND | /services/0/version",
                "{\"mode\": \"RUN\", \"services\": [{\"name\": \"worker-api\"}, {\"name\": \"app-server\", \"version\": 9}]} | 404 | VERSION_NOT_FOUND | /services/1/version",
                "{\"mode\": \"RUN\"                                          | 400 | INVALID_BODY      |",
                "[]                                                          | 400 | INVALID_BODY      |"
            })
    void what_cannot_be_meant_is_refused_with_its_place(String body, int status, String code, String pointer) {
        Answer answer = api.post(DEPLOYMENTS, body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        Optional.ofNullable(pointer)
                .ifPresent(place -> assertThat(answer.pointers()).containsExactly(place));
        assertThat(api.get(DEPLOYMENTS).json()).isEmpty();
    }

    @Test
    void what_is_not_there_is_said_with_what_is() {
        Answer app = api.post("/api/v1/apps/none/deployments", "{\"mode\": \"RUN\"}");
        assertThat(app.status()).isEqualTo(404);
        assertThat(app.code()).isEqualTo("APP_NOT_FOUND");
        Answer service = api.post(DEPLOYMENTS, "{\"mode\": \"RUN\", \"services\": [{\"name\": \"none\"}]}");
        assertThat(service.at("/detail")).contains("app-server, worker-api");
        assertThat(api.get("/api/v1/deployments/0000000000000000").code()).isEqualTo("DEPLOYMENT_NOT_FOUND");
        assertThat(api.get("/api/v1/deployments/x").status()).isEqualTo(400);
        assertThat(api.get("/api/v1/apps/none/deployments").code()).isEqualTo("APP_NOT_FOUND");
    }

    @Test
    void a_large_or_deep_body_is_refused() {
        String large = "{\"mode\": \"%s\"}".formatted("x".repeat(2 << 20));
        assertThat(api.post(DEPLOYMENTS, large).status()).isEqualTo(413);
        String deep = "{\"services\": " + "[".repeat(500) + "]".repeat(500) + "}";
        assertThat(api.post(DEPLOYMENTS, deep).status()).isEqualTo(400);
    }

    @Test
    void the_same_key_is_the_same_deployment_asked_once() throws Exception {
        List<Callable<Answer>> requests = IntStream.range(0, 8)
                .mapToObj(_ -> (Callable<Answer>) () -> keyed("{\"mode\": \"RUN\"}", "key-1"))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Answer> answers =
                    threads.invokeAll(requests).stream().map(Future::resultNow).toList();
            assertThat(answers).extracting(Answer::status).containsOnly(202);
            assertThat(answers)
                    .extracting(answer -> answer.at("/token"))
                    .containsOnly(answers.getFirst().at("/token"));
        }
        assertThat(api.get(DEPLOYMENTS).json()).hasSize(1);
    }

    @Test
    void the_same_key_for_something_else_is_refused() {
        keyed("{\"mode\": \"RUN\"}", "key-2");
        Answer answer = keyed("{\"mode\": \"BUILD\"}", "key-2");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(keyed("{\"mode\": \"RUN\"}", "x".repeat(300)).status()).isEqualTo(400);
    }

    @Test
    void what_the_deployer_tells_is_seen() {
        DeploymentToken token = request("BUILD_AND_RUN");
        deployer.accept(SHOP, token, Mode.BUILD_AND_RUN);
        deployer.advance(SHOP, token, APP_SERVER, ServiceState.BUILDING, "Fetches the bundle.");
        await().untilAsserted(() -> assertThat(one(token).at("/state")).isEqualTo("RUNNING"));
        assertThat(one(token).at("/steps/0/step")).isEqualTo("BUILDING");
        assertThat(one(token).at("/steps/0/detail")).isEqualTo("Fetches the bundle.");
        assertThat(one(token).at("/steps/0/tries")).isEqualTo("1");
        assertThat(one(token).at("/steps/0/by/0")).isEqualTo("deployer");
        assertThat(one(token).json().at("/url").isNull()).isTrue();
        deployer.finish(
                SHOP,
                token,
                Mode.BUILD_AND_RUN,
                Outcome.SUCCEEDED,
                PlayedDeployer.running(SHOP, WORKER, token, 20001),
                PlayedDeployer.running(SHOP, APP_SERVER, token, 20002));
        await().untilAsserted(() -> assertThat(one(token).at("/state")).isEqualTo("SUCCEEDED"));
        assertThat(one(token).at("/url")).isEqualTo("http://127.0.0.1:20002/");
        assertThat(one(token).at("/services/0/instances/0/node")).isEqualTo("local");
        assertThat(one(token).at("/finishedAt")).isNotEmpty();
    }

    @Test
    void a_deployment_past_its_deadline_that_has_not_ended_is_stuck() {
        DeploymentToken token = request("RUN");
        assertThat(stuck()).doesNotContain(token.value());
        jdbc.sql("update deployment set deadline = now() - interval '10 seconds' where token = ?")
                .param(token.value())
                .update();
        assertThat(stuck()).contains(token.value());
        deployer.finish(SHOP, token, Mode.RUN, Outcome.TIMED_OUT);
        await().untilAsserted(() -> assertThat(stuck()).doesNotContain(token.value()));
    }

    private String stuck() {
        return api.get("/api/v1/deployments?stuck=true").text();
    }

    @Test
    void what_the_platform_asks_for_itself_is_history_too() {
        DeploymentToken token = new DeploymentToken("scaledbyplatform");
        deployer.accept(SHOP, token, Mode.SCALE_UP);
        await().untilAsserted(() -> assertThat(one(token).at("/mode")).isEqualTo("SCALE_UP"));
        deployer.finish(SHOP, token, Mode.SCALE_UP, Outcome.SUCCEEDED);
        await().untilAsserted(() -> assertThat(one(token).at("/state")).isEqualTo("SUCCEEDED"));
    }

    @Test
    void events_come_as_they_happen_and_end_with_the_deployment() {
        DeploymentToken token = request("RUN");
        try (Events events = api.events("/api/v1/deployments/%s/events".formatted(token))) {
            assertThat(events.next().orElseThrow().json().at("/state").asString())
                    .isEqualTo("ACCEPTED");
            deployer.advance(SHOP, token, APP_SERVER, ServiceState.PLACING, null);
            Events.Event second = events.next().orElseThrow();
            assertThat(second.json().at("/state").asString()).isEqualTo("RUNNING");
            assertThat(second.name()).isEqualTo("deployment");
            deployer.finish(SHOP, token, Mode.RUN, Outcome.CANCELLED);
            assertThat(events.untilTheEnd().getLast().json().at("/state").asString())
                    .isEqualTo("CANCELLED");
        }
    }

    @Test
    void who_comes_back_gets_what_is_new_and_after_the_end_nothing() {
        DeploymentToken token = request("RUN");
        deployer.finish(SHOP, token, Mode.RUN, Outcome.SUCCEEDED);
        await().untilAsserted(() -> assertThat(one(token).at("/state")).isEqualTo("SUCCEEDED"));
        String path = "/api/v1/deployments/%s/events".formatted(token);
        String last;
        try (Events events = api.events(path, "Last-Event-ID", "1")) {
            List<Events.Event> all = events.untilTheEnd();
            assertThat(all).hasSize(1);
            last = all.getFirst().id();
        }
        try (Events events = api.events(path, "Last-Event-ID", last)) {
            assertThat(events.status()).isEqualTo(204);
        }
    }

    @Test
    void the_build_log_is_told_as_it_is_written() {
        DeploymentToken token = request("BUILD");
        deployer.advance(SHOP, token, APP_SERVER, ServiceState.BUILDING, null);
        deployer.log(new BuildLog(token, SHOP, APP_SERVER, 0, List.of("Step 1", "  indented"), null));
        try (Events log = api.events(log(token))) {
            assertThat(log.next().orElseThrow().data()).isEqualTo("Step 1\n  indented");
            deployer.log(new BuildLog(token, SHOP, APP_SERVER, 2, List.of("Step 2"), null));
            Events.Event second = log.next().orElseThrow();
            assertThat(second.data()).isEqualTo("Step 2");
            assertThat(second.id()).isEqualTo("1-3");
            transaction.executeWithoutResult(_ -> {
                failJustNow(token);
                deployer.log(new BuildLog(token, SHOP, APP_SERVER, 3, List.of("last words"), true));
            });
            assertThat(log.untilTheEnd()).extracting(Events.Event::data).containsExactly("last words");
        }
        try (Events rest = api.events(log(token), "Last-Event-ID", "1-2")) {
            assertThat(rest.untilTheEnd()).extracting(Events.Event::data).containsExactly("Step 2", "last words");
        }
        Answer text = api.get(log(token));
        assertThat(text.text()).isEqualTo("Step 1\n  indented\nStep 2\nlast words\n");
        assertThat(text.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    }

    @Test
    void the_text_of_a_build_log_has_the_last_lines_too_that_come_after_the_end() {
        DeploymentToken token = request("BUILD");
        deployer.advance(SHOP, token, APP_SERVER, ServiceState.BUILDING, null);
        deployer.log(new BuildLog(token, SHOP, APP_SERVER, 0, List.of("Step 1"), null));
        failJustNow(token);
        await().untilAsserted(() -> assertThat(one(token).at("/state")).isEqualTo("FAILED"));
        CompletableFuture<Answer> text = CompletableFuture.supplyAsync(() -> api.get(log(token)));
        await().during(Duration.ofMillis(300)).until(() -> !text.isDone());
        deployer.log(new BuildLog(token, SHOP, APP_SERVER, 1, List.of("last words"), null));
        deployer.log(new BuildLog(token, SHOP, APP_SERVER, 2, List.of(), true));
        assertThat(text)
                .succeedsWithin(Duration.ofSeconds(60))
                .satisfies(answer -> assertThat(answer.text()).isEqualTo("Step 1\nlast words\n"));
        try (Events log = api.events(log(token))) {
            assertThat(log.untilTheEnd()).extracting(Events.Event::data).containsExactly("Step 1", "last words");
        }
    }

    /** However long a busy machine takes, its last words are waited for. */
    private void failJustNow(DeploymentToken token) {
        Instant justNow = Instant.parse("2999-01-01T00:00:00Z");
        deployer.say(new DeployerEvent.Finished(token, SHOP, Mode.BUILD, Outcome.FAILED, List.of(FAILED), justNow));
    }

    private void fail(DeploymentToken token) {
        deployer.finish(SHOP, token, Mode.BUILD, Outcome.FAILED, FAILED);
    }

    @Test
    void a_build_log_ends_with_the_build_although_nothing_more_is_written() {
        DeploymentToken token = request("BUILD");
        deployer.advance(SHOP, token, APP_SERVER, ServiceState.BUILDING, null);
        deployer.log(new BuildLog(token, SHOP, APP_SERVER, 0, List.of("all there is"), null));
        try (Events log = api.events(log(token))) {
            assertThat(log.next().orElseThrow().data()).isEqualTo("all there is");
            fail(token);
            assertThat(log.untilTheEnd()).isEmpty();
        }
    }

    @Test
    void a_build_that_starts_over_replaces_its_log() {
        DeploymentToken token = request("BUILD");
        deployer.log(new BuildLog(token, SHOP, APP_SERVER, 0, List.of("first attempt"), null));
        deployer.log(new BuildLog(token, SHOP, APP_SERVER, 0, List.of("second attempt"), null));
        await().untilAsserted(() -> assertThat(api.get(log(token)).text()).isEqualTo("second attempt\n"));
    }

    @Test
    void a_log_of_a_service_that_is_not_deployed_is_not_there() {
        DeploymentToken token = request("BUILD");
        assertThat(api.get("/api/v1/deployments/%s/services/none/log".formatted(token))
                        .code())
                .isEqualTo("SERVICE_NOT_FOUND");
    }

    @Test
    void cancelling_asks_the_deployer_once() {
        DeploymentToken token = request("RUN");
        String cancel = "/api/v1/deployments/%s/cancel".formatted(token);
        assertThat(api.post(cancel, "").status()).isEqualTo(202);
        assertThat(api.post(cancel, "").status()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(deployer.heard(token))
                .filteredOn(DeployerCommand.Cancel.class::isInstance)
                .hasSize(1));
        deployer.finish(SHOP, token, Mode.RUN, Outcome.CANCELLED);
        await().untilAsserted(() -> assertThat(one(token).at("/state")).isEqualTo("CANCELLED"));
        Answer late = api.post(cancel, "");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("DEPLOYMENT_IS_OVER");
    }

    @Test
    void history_comes_newest_first_and_page_by_page() {
        List<String> tokens =
                IntStream.range(0, 3).mapToObj(_ -> request("RUN").value()).toList();
        assertThat(tokens(api.get(DEPLOYMENTS))).containsExactlyElementsOf(tokens.reversed());
        assertThat(tokens(api.get(DEPLOYMENTS + "?limit=1&before=" + tokens.get(2))))
                .containsExactly(tokens.get(1));
    }

    private void upload(String service, String text) {
        Path zip = Zips.at(folder)
                .file("config.json", "{\"port\": 8000}")
                .file("app.py", "print('%s')".formatted(text))
                .done();
        assertThat(api.upload("shop", service, zip).status()).isIn(200, 201);
    }

    private DeploymentToken request(String mode) {
        return token(api.post(DEPLOYMENTS, "{\"mode\": \"%s\"}".formatted(mode)));
    }

    private Answer keyed(String body, String key) {
        return api.post(DEPLOYMENTS, body, "Idempotency-Key", key);
    }

    private Answer one(DeploymentToken token) {
        return api.get("/api/v1/deployments/" + token);
    }

    private static String log(DeploymentToken token) {
        return "/api/v1/deployments/%s/services/app-server/log".formatted(token);
    }

    private static DeploymentToken token(Answer answer) {
        return new DeploymentToken(answer.at("/token"));
    }

    private static List<String> tokens(Answer answer) {
        return answer.json()
                .valueStream()
                .map(one -> one.path("token").asString())
                .toList();
    }

    private static org.assertj.core.groups.Tuple tuple(String service, int version) {
        return org.assertj.core.groups.Tuple.tuple(new ServiceName(service), version);
    }
}
