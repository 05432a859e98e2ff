package io.gantry.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.fleet.ApiKey;
import io.gantry.contract.fleet.ApiKey.Role;
import io.gantry.contract.fleet.KeyText;
import io.gantry.contract.topic.Topics;
import io.gantry.testkit.EmbeddedPlatform;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** A service of a fleet, with a real servlet container, that hears of keys from a real broker. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "gantry.access.required=true",
            "spring.flyway.locations=classpath:db/messaging",
            "spring.application.name=access-test"
        })
@EmbeddedPlatform
@ExtendWith(OutputCaptureExtension.class)
class AccessTest {
    private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");
    private static final Instant BEFORE = Instant.parse("2020-01-01T00:00:00Z");

    private final HttpClient http = HttpClient.newHttpClient();
    private final SecureRandom random = new SecureRandom();

    @LocalServerPort
    int port;

    @Autowired
    KafkaTemplate<String, Object> kafka;

    @Autowired
    MeterRegistry metrics;

    @Test
    void a_request_without_a_key_is_told_what_it_lacks() throws Exception {
        HttpResponse<String> answer = get("/api/v1/apps", null);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Bearer");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(code(answer)).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.body()).contains("Authorization: Bearer");
    }

    @Test
    void health_is_everybodys() throws Exception {
        assertThat(get("/actuator/health/readiness", null).statusCode()).isEqualTo(200);
        assertThat(get("/v3/api-docs", null).statusCode()).isEqualTo(401);
    }

    @Test
    void by_which_name_it_is_called_says_nothing_where_a_key_is_wanted() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("""
                    GET /actuator/health/readiness HTTP/1.1\r
                    Host: fleet.example\r
                    Connection: close\r
                    \r
                    """.getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_developer_may_deploy_and_an_operator_may_all() throws Exception {
        KeyText developer = known(Role.DEVELOPER, LATER);
        KeyText operator = known(Role.OPERATOR, LATER);
        assertThat(get("/api/v1/apps", developer).statusCode()).isEqualTo(200);
        assertThat(post("/api/v1/apps", developer).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = post("/api/v1/machines", developer);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(code(refused)).isEqualTo("FORBIDDEN");
        assertThat(refused.body()).contains("DEVELOPER", "OPERATOR");
        assertThat(get("/api/v1/%6Beys", developer).statusCode()).isEqualTo(403);
        assertThat(post("/api/v1/machines", operator).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/keys", operator).statusCode()).isEqualTo(200);
    }

    @Test
    void a_stream_wants_a_key_too() throws Exception {
        KeyText key = known(Role.DEVELOPER, LATER);
        assertThat(stream(key).body()).contains("data:hello");
        HttpResponse<String> refused = stream(KeyText.draw(random));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(code(refused)).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void a_key_that_has_expired_lets_nobody_in_and_its_holder_is_told() throws Exception {
        KeyText key = KeyText.draw(random);
        say(key.id(), new ApiKey(key.id(), "old", Role.OPERATOR, key.sha256(), BEFORE));
        await().untilAsserted(
                        () -> assertThat(get("/api/v1/apps", key).body()).contains("expired at 2020-01-01T00:00:00Z"));
        assertThat(get("/api/v1/apps", key).statusCode()).isEqualTo(401);
    }

    @Test
    void a_revoked_key_lets_nobody_in_any_more() throws Exception {
        KeyText key = known(Role.OPERATOR, LATER);
        say(key.id(), null);
        await().until(() -> get("/api/v1/apps", key).statusCode() == 401);
    }

    @Test
    void a_key_that_can_not_be_read_lets_nobody_in() throws Exception {
        KeyText key = known(Role.OPERATOR, LATER);
        kafka.send(Topics.API_KEYS, key.id(), "{no json".getBytes(UTF_8)).join();
        await().until(() -> get("/api/v1/apps", key).statusCode() == 401);
    }

    @Test
    void the_id_of_a_key_without_its_secret_is_of_no_use() throws Exception {
        KeyText key = known(Role.OPERATOR, LATER);
        String guessed = "gantry_%s_%s".formatted(key.id(), "A".repeat(43));
        HttpResponse<String> answer = get("/api/v1/apps", KeyText.parse(guessed).orElseThrow());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("expired", key.sha256());
    }

    @Test
    void refusals_are_counted() throws Exception {
        double before = refused("missing");
        get("/api/v1/apps", null);
        assertThat(refused("missing")).isEqualTo(before + 1);
    }

    @Test
    void neither_key_nor_hash_is_logged(CapturedOutput log) throws Exception {
        KeyText key = known(Role.DEVELOPER, LATER);
        post("/api/v1/machines", key);
        say(key.id(), null);
        await().until(() -> get("/api/v1/apps", key).statusCode() == 401);
        assertThat(log.getAll()).doesNotContain(key.text(), key.sha256());
    }

    private double refused(String reason) {
        return metrics.counter("gantry.access.refused", "reason", reason).count();
    }

    /** Does not go on before the service knows it. */
    private KeyText known(Role role, Instant expiresAt) {
        KeyText key = KeyText.draw(random);
        say(key.id(), new ApiKey(key.id(), "test", role, key.sha256(), expiresAt));
        await().until(() -> get("/api/v1/apps", key).statusCode() == 200);
        return key;
    }

    private void say(String id, ApiKey key) {
        kafka.send(Topics.API_KEYS, id, key).join();
    }

    private HttpResponse<String> get(String path, KeyText key) throws IOException, InterruptedException {
        return send(request(path, key).GET());
    }

    private HttpResponse<String> post(String path, KeyText key) throws IOException, InterruptedException {
        return send(request(path, key).POST(BodyPublishers.noBody()));
    }

    private HttpResponse<String> stream(KeyText key) throws IOException, InterruptedException {
        return send(request("/api/v1/apps/events", key).header("Accept", "text/event-stream"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, KeyText key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return key == null ? request : request.header("Authorization", "Bearer " + key.text());
    }

    private static String code(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body()).path("code").asString();
    }

    @SpringBootApplication
    @Import(Surface.class)
    static class Service {}

    @RestController
    @RequestMapping("/api/v1")
    static class Surface {
        @GetMapping({"/apps", "/keys"})
        String read() {
            return "read";
        }

        @PostMapping({"/apps", "/machines"})
        String change() {
            return "changed";
        }

        @GetMapping("/apps/events")
        SseEmitter events() throws IOException {
            var events = new SseEmitter();
            events.send("hello");
            events.complete();
            return events;
        }
    }
}
