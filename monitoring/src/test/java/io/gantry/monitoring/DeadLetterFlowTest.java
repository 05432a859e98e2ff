package io.gantry.monitoring;

import static io.gantry.testkit.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.IncidentId;
import io.gantry.contract.fleet.ApiKey;
import io.gantry.contract.fleet.ApiKey.Role;
import io.gantry.contract.fleet.KeyText;
import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.topic.MessageHeaders;
import io.gantry.contract.topic.Topics;
import io.gantry.testkit.EmbeddedPlatform;
import io.gantry.testkit.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a message that nobody could do with to its being replayed, over REST, as an operator. */
@SpringBootTest(
        classes = MonitoringApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=monitoring",
            "gantry.access.required=true",
            "gantry.messaging.tries=2",
            "spring.lifecycle.timeout-per-shutdown-phase=1s"
        })
@AutoConfigureRestTestClient
@EmbeddedPlatform
@Import({MonitoringTest.Parts.class, Neighbours.class, Silence.class, DeadLetterFlowTest.Faulty.class})
class DeadLetterFlowTest {
    private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");
    private static final Instant TODAY = Instant.parse("2026-01-01T00:00:00Z");
    private static final KeyText OPERATOR = KeyText.draw(new Random(1));
    private static final KeyText DEVELOPER = KeyText.draw(new Random(2));
    private static final String LETTERS = "/api/v1/dead-letters";

    @Autowired
    Neighbours neighbours;

    @Autowired
    Faulty faulty;

    @Autowired
    KafkaTemplate<String, Object> kafka;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RestTestClient rest;

    @BeforeEach
    void startOver() {
        neighbours.startOver();
        faulty.mended = false;
        faulty.applied.clear();
        letIn(OPERATOR, Role.OPERATOR);
        letIn(DEVELOPER, Role.DEVELOPER);
        dismissAll();
    }

    @Test
    void what_could_not_be_handled_is_replayed_when_its_cause_is_mended_and_applied_once_by_each() {
        send("m-1", TODAY, request(1));
        JsonNode letter = letter();
        assertThat(letter.path("topic").asString()).isEqualTo(Topics.RECOVERY_REQUESTS);
        assertThat(letter.path("key").asString()).isEqualTo("shop");
        assertThat(letter.path("messageId").asString()).isEqualTo("m-1");
        assertThat(letter.path("type").asString()).isEqualTo("restart-machine");
        assertThat(letter.path("sentAt").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(letter.path("replayableUntil").asString()).isEqualTo("2026-01-08T00:00:00Z");
        assertThat(letter.path("consumer").asString()).isEqualTo("test.faulty");
        assertThat(letter.path("tries").asInt()).isEqualTo(2);
        assertThat(letter.path("reason").path("code").asString()).isEqualTo("NOT_HANDLED");
        assertThat(letter.path("reason").path("message").asString()).isEqualTo("The disk is full");
        await().until(() -> neighbours.requests.size() == 1);

        faulty.mended = true;
        JsonNode replayed = replay(id(letter));
        assertThat(replayed.path("topic").asString()).isEqualTo(Topics.RECOVERY_REQUESTS);
        assertThat(replayed.path("messageId").asString()).isEqualTo("m-1");
        await().until(() -> faulty.applied.size() == 1);

        replay(id(letter));
        send("m-2", TODAY, request(2));
        await().until(() -> faulty.applied.size() == 2 && neighbours.requests.size() == 2);
        assertThat(faulty.applied).extracting(RecoveryRequest::attempt).containsExactly(1, 2);
        assertThat(neighbours.requests).extracting(RecoveryRequest::attempt).containsExactly(1, 2);
    }

    @Test
    void what_was_replayed_is_listed_only_where_all_is_wanted() {
        faulty.mended = true;
        sendJunk(Topics.RECOVERY_EVENTS, "{no json");
        JsonNode letter = letter();
        assertThat(letter.path("reason").path("code").asString()).isEqualTo("UNREADABLE");
        assertThat(letter.path("consumer").asString()).isEqualTo("monitoring.recovery-events");

        replay(id(letter));
        JsonNode again = letter();
        assertThat(id(again)).isNotEqualTo(id(letter));
        assertThat(again.path("messageId")).isEqualTo(letter.path("messageId"));
        JsonNode all =
                get(LETTERS + "?all=true&topic=" + Topics.RECOVERY_EVENTS).path("deadLetters");
        assertThat(all.get(1).path("id")).isEqualTo(letter.path("id"));
        assertThat(all.get(1).path("replayedAt").asString()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void what_is_in_a_letter_is_shown_as_json_where_it_is_that_and_else_as_bytes() {
        sendJunk(Topics.RECOVERY_EVENTS, "{\"type\": \"explode\"}");
        assertThat(payload(id(letter()), "").toString())
                .isEqualTo("{\"encoding\":\"JSON\",\"content\":{\"type\":\"explode\"},\"whole\":true}");
        dismissAll();

        String long_ = "x".repeat(100_000);
        sendJunk(Topics.RECOVERY_EVENTS, long_);
        JsonNode letter = letter();
        assertThat(letter.path("size").asInt()).isEqualTo(100_000);
        JsonNode beginning = payload(id(letter), "");
        assertThat(beginning.path("whole").asBoolean()).isFalse();
        assertThat(bytes(beginning)).isEqualTo(long_.substring(0, 64 << 10));
        JsonNode full = payload(id(letter), "?payload=FULL");
        assertThat(full.path("whole").asBoolean()).isTrue();
        assertThat(bytes(full)).isEqualTo(long_);
    }

    @Test
    void letters_are_listed_page_by_page_the_newest_first_whatever_topic_they_are_of() {
        List<String> topics =
                List.of(Topics.RECOVERY_EVENTS, Topics.NODES, Topics.RECOVERY_EVENTS, Topics.INSTANCES, Topics.NODES);
        for (int i = 0; i < topics.size(); i++) {
            sendJunk(topics.get(i), "junk " + i);
            int sent = i + 1;
            await().until(() -> list("").size() == sent);
        }
        List<String> paged = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = get(LETTERS + "?limit=2" + next);
            page.path("deadLetters")
                    .forEach(letter -> paged.add(letter.path("topic").asString()));
            next = page.path("next").isNull()
                    ? ""
                    : "&before=" + page.path("next").asString();
        } while (!next.isEmpty());
        assertThat(paged).containsExactlyElementsOf(topics.reversed());
        assertThat(list("&topic=" + Topics.NODES)).hasSize(2);
    }

    @Test
    void state_that_was_told_anew_is_not_put_back() {
        String instance = Neighbours.instance(0).value();
        kafka.send(Topics.INSTANCES, instance, "junk".getBytes(UTF_8)).join();
        String superseded = id(letter());
        neighbours.say(0, InstanceState.RUNNING);
        assertProblem(post(superseded), 409, "SUPERSEDED");

        dismissAll();
        kafka.send(Topics.INSTANCES, instance, "junk".getBytes(UTF_8)).join();
        String newest = id(letter());
        replay(newest);
        replay(newest);
        await().until(() -> list("").size() == 2);
    }

    @Test
    void what_consumers_may_have_forgotten_is_not_replayed() {
        send("m-old", Instant.parse("2025-12-20T00:00:00Z"), request(3));
        assertProblem(post(id(letter())), 409, "TOO_OLD");
        assertThat(letter().path("replayedAt").isNull()).isTrue();
        await().until(() -> neighbours.requests.size() == 1);
    }

    @Test
    void a_letter_that_is_not_there_is_told_of_and_so_is_what_can_not_be_meant() {
        assertProblem(post("node-manager.nodes-0-4711"), 404, "NO_SUCH_DEAD_LETTER");
        assertProblem(call("GET", LETTERS + "/node-manager.nodes-7-0", OPERATOR), 404, "NO_SUCH_DEAD_LETTER");
        assertProblem(call("GET", LETTERS + "/x", OPERATOR), 400, "INVALID_PARAMETER");
        assertProblem(call("GET", LETTERS + "/somebody.elses-0-1", OPERATOR), 400, "INVALID_PARAMETER");
        assertProblem(call("GET", LETTERS + "?topic=somebody.elses", OPERATOR), 400, "INVALID_PARAMETER");
        assertProblem(call("GET", LETTERS + "?limit=501", OPERATOR), 400, "INVALID_PARAMETER");
        assertProblem(call("GET", LETTERS + "/node-manager.nodes-0-0?payload=x", OPERATOR), 400, "INVALID_PARAMETER");
    }

    @Test
    void dead_letters_are_for_operators() {
        assertProblem(call("GET", LETTERS, DEVELOPER), 403, "FORBIDDEN");
        assertProblem(call("POST", LETTERS + "/node-manager.nodes-0-0/replay", DEVELOPER), 403, "FORBIDDEN");
    }

    private void letIn(KeyText key, Role role) {
        kafka.send(Topics.API_KEYS, key.id(), new ApiKey(key.id(), "test", role, key.sha256(), LATER))
                .join();
        await().until(() -> call("GET", "/api/v1/health", key).status() == 200);
    }

    /** As if all there are had been replayed. */
    private void dismissAll() {
        await().until(() -> {
            list("").forEach(letter -> jdbc.sql(
                            "insert into replay values (?, ?::timestamptz, now()) on conflict do nothing")
                    .params(id(letter), letter.path("failedAt").asString())
                    .update());
            return list("").isEmpty();
        });
    }

    private void send(String id, Instant at, RecoveryRequest request) {
        var record = new ProducerRecord<String, Object>(Topics.RECOVERY_REQUESTS, "shop", request);
        record.headers().add(MessageHeaders.MESSAGE_ID, id.getBytes(UTF_8));
        record.headers().add(MessageHeaders.SENT_AT, at.toString().getBytes(UTF_8));
        kafka.send(record).join();
    }

    private void sendJunk(String topic, String content) {
        kafka.send(topic, "junk", content.getBytes(UTF_8)).join();
    }

    private static RecoveryRequest request(int attempt) {
        return new RecoveryRequest.RestartMachine(new IncidentId("aaaaaaaaaaaaaaaa"), attempt, "vm-1", LATER);
    }

    /** The only one that was not replayed. */
    private JsonNode letter() {
        await().until(() -> list("").size() == 1);
        return list("").getFirst();
    }

    private List<JsonNode> list(String more) {
        return get(LETTERS + "?limit=500" + more).path("deadLetters").values().stream()
                .toList();
    }

    private static String id(JsonNode letter) {
        return letter.path("id").asString();
    }

    private JsonNode payload(String id, String query) {
        return get(LETTERS + "/" + id + query).path("payload");
    }

    private static String bytes(JsonNode payload) {
        assertThat(payload.path("encoding").asString()).isEqualTo("BASE64");
        return new String(Base64.getDecoder().decode(payload.path("content").asString()), UTF_8);
    }

    private JsonNode replay(String id) {
        Answered answer = post(id);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private Answered post(String id) {
        return call("POST", LETTERS + "/" + id + "/replay", OPERATOR);
    }

    private JsonNode get(String uri) {
        Answered answer = call("GET", uri, OPERATOR);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private static void assertProblem(Answered answer, int status, String code) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().path("code").asString()).isEqualTo(code);
    }

    private record Answered(int status, JsonNode body) {}

    private Answered call(String method, String uri, KeyText key) {
        var answer = rest.method(HttpMethod.valueOf(method))
                .uri(uri)
                .header("Authorization", "Bearer " + key.text())
                .exchange()
                .expectBody(String.class)
                .returnResult();
        return new Answered(answer.getStatus().value(), json(answer.getResponseBody()));
    }

    private static JsonNode json(@Nullable String body) {
        return JsonMapper.shared().readTree(body == null || body.isEmpty() ? "null" : body);
    }

    /** A consumer beside the others that fails until it is mended. */
    @TestComponent
    static class Faulty {
        final List<RecoveryRequest> applied = new CopyOnWriteArrayList<>();
        volatile boolean mended;

        @KafkaListener(id = "test.faulty", topics = Topics.RECOVERY_REQUESTS)
        void hear(RecoveryRequest request) {
            if (!mended) {
                throw new IllegalStateException("The disk is full");
            }
            applied.add(request);
        }
    }
}
