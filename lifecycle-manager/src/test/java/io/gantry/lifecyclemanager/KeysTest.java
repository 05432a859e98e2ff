package io.gantry.lifecyclemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.fleet.ApiKey;
import io.gantry.contract.fleet.KeyText;
import io.gantry.contract.topic.Topics;
import io.gantry.testkit.EmbeddedPlatform;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lifecycle manager of a fleet: keys are wanted, made, told and revoked. */
@SpringBootTest(
        classes = LifecycleManagerApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=lifecycle-manager",
            "gantry.access.required=true",
            "lifecycle-manager.access.first-key.id=aaaaaaaa",
            "lifecycle-manager.access.first-key.sha256=" + KeysTest.FIRST_SHA256
        })
@EmbeddedPlatform
@Import(KeysTest.OtherService.class)
@ExtendWith(OutputCaptureExtension.class)
class KeysTest {
    static final String FIRST_SHA256 = "03f8757450e0db44e540fde6443da72e05576260719684cb061cbc47a68c9f2b";
    private static final String FIRST = "gantry_aaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    OtherService other;

    @Autowired
    ApplicationRunner keysAtStart;

    @Test
    void the_first_key_operates_for_a_year_and_was_told() throws Exception {
        Answer listed = send("GET", "/api/v1/keys", FIRST, null);
        assertThat(listed.status()).isEqualTo(200);
        JsonNode first = listed.key("aaaaaaaa");
        assertThat(first.path("name").asString()).isEqualTo("first key");
        assertThat(first.path("role").asString()).isEqualTo("OPERATOR");
        assertThat(first.path("state").asString()).isEqualTo("VALID");
        assertThat(listed.body()).doesNotContain(FIRST_SHA256);
        assertThat(send("GET", "/api/v1/keys", null, null).status()).isEqualTo(401);
        assertThat(send("GET", "/actuator/health/readiness", null, null).status())
                .isEqualTo(200);
        await().until(() -> other.keys.containsKey("aaaaaaaa"));
    }

    @Test
    void a_key_is_told_once_to_who_asked_and_its_hash_to_all_services(CapturedOutput log) throws Exception {
        Answer made = make("ci of the shop team", "DEVELOPER", "12h");
        assertThat(made.status()).isEqualTo(201);
        KeyText key = KeyText.parse(made.json().path("key").asString()).orElseThrow();
        await().until(() -> other.keys.containsKey(key.id()));
        ApiKey told = other.keys.get(key.id());
        assertThat(key.isOf(told)).isTrue();
        assertThat(told.name()).isEqualTo("ci of the shop team");
        assertThat(send("GET", "/api/v1/services", key.text(), null).status()).isEqualTo(200);
        assertThat(send("GET", "/api/v1/keys", key.text(), null).status()).isEqualTo(403);
        assertThat(send("GET", "/api/v1/keys", FIRST, null).body())
                .contains(key.id())
                .doesNotContain(key.text());
        assertThat(log.getAll()).doesNotContain(key.text(), key.sha256(), FIRST, FIRST_SHA256);
    }

    @Test
    void a_revoked_key_is_gone_everywhere_and_does_not_come_back_with_a_start() throws Exception {
        String id = make("short", "OPERATOR", null).json().path("id").asString();
        await().until(() -> other.keys.containsKey(id));
        assertThat(send("DELETE", "/api/v1/keys/" + id, FIRST, null).status()).isEqualTo(204);
        await().until(() -> !other.keys.containsKey(id));
        assertThat(send("DELETE", "/api/v1/keys/" + id, FIRST, null).code()).isEqualTo("KEY_NOT_FOUND");
        other.keys.clear();
        keysAtStart.run(new DefaultApplicationArguments());
        await().until(() -> other.keys.containsKey("aaaaaaaa"));
        assertThat(other.keys).doesNotContainKey(id);
    }

    @Test
    void the_last_operators_key_stays() throws Exception {
        revokeAllBut("aaaaaaaa");
        make("developer", "DEVELOPER", "1h");
        String other = make("expired", "OPERATOR", "1h").json().path("id").asString();
        jdbc.sql("update api_key set expires_at = created_at where id = ?")
                .param(other)
                .update();
        Answer refused = send("DELETE", "/api/v1/keys/aaaaaaaa", FIRST, null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("LAST_OPERATOR_KEY");
        assertThat(send("DELETE", "/api/v1/keys/" + other, FIRST, null).status())
                .isEqualTo(204);
    }

    @Test
    void a_wish_that_makes_no_sense_is_refused_at_its_field() throws Exception {
        assertThat(make("x", "KING", "1h").pointer()).isEqualTo("/role");
        assertThat(make("x", "OPERATOR", "soon").pointer()).isEqualTo("/expiresIn");
        assertThat(make("x", "OPERATOR", "99999d").pointer()).isEqualTo("/expiresIn");
        assertThat(make("", "OPERATOR", "1h").pointer()).isEqualTo("/name");
        assertThat(make("two\\nlines", "OPERATOR", "1h").pointer()).isEqualTo("/name");
    }

    private void revokeAllBut(String id) {
        jdbc.sql("update api_key set revoked_at = created_at where id <> ? and revoked_at is null")
                .param(id)
                .update();
    }

    private Answer make(String name, String role, @Nullable String expiresIn) throws Exception {
        String lifetime = expiresIn == null ? "" : ", \"expiresIn\": \"%s\"".formatted(expiresIn);
        return send(
                "POST",
                "/api/v1/keys",
                FIRST,
                "{\"name\": \"%s\", \"role\": \"%s\"%s}".formatted(name, role, lifetime));
    }

    private Answer send(String method, String path, @Nullable String key, @Nullable String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    private record Answer(int status, String body) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        JsonNode key(String id) {
            return json().path("keys")
                    .valueStream()
                    .filter(key -> key.path("id").asString().equals(id))
                    .findFirst()
                    .orElseThrow();
        }

        String code() {
            return json().path("code").asString();
        }

        String pointer() {
            assertThat(status).isEqualTo(400);
            return json().at("/errors/0/pointer").asString();
        }
    }

    /** Hears what every other service of the fleet hears. */
    @TestComponent
    static class OtherService {
        private final Map<String, ApiKey> keys = new ConcurrentHashMap<>();

        @KafkaListener(id = "test.keys", topics = Topics.API_KEYS)
        void hear(@Payload(required = false) @Nullable ApiKey key, @Header(KafkaHeaders.RECEIVED_KEY) String id) {
            if (key == null) {
                keys.remove(id);
            } else {
                keys.put(id, key);
            }
        }
    }
}
