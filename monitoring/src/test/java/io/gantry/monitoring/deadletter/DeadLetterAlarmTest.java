package io.gantry.monitoring.deadletter;

import static io.gantry.testkit.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.topic.Topics;
import io.gantry.monitoring.MonitoringTest;
import io.gantry.monitoring.Neighbours;
import io.gantry.monitoring.Webhook;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a message that nobody could do with to people's being told. */
@MonitoringTest
class DeadLetterAlarmTest {
    private static final int MONITORS = 4;

    @Autowired
    Neighbours neighbours;

    @Autowired
    Webhook webhook;

    @Autowired
    KafkaTemplate<String, Object> kafka;

    @Autowired
    DeadLetters letters;

    @Autowired
    Replays replays;

    @Autowired
    DeadLetterWatch watch;

    @Autowired
    DeadLetterAlarm alarm;

    @Autowired
    Marks marks;

    @Autowired
    RestTestClient rest;

    @BeforeEach
    void startOver() {
        watch.look();
        neighbours.startOver();
    }

    @Test
    void of_letters_that_nobody_has_seen_people_are_told_once_each_time_that_there_are_more() {
        setAside(Topics.NODES, 2);
        setAside(Topics.RECOVERY_EVENTS, 1);
        watch.look();
        watch.look();
        JsonNode nodes = alert(Topics.NODES, 2);
        assertThat(nodes.path("kind").asString()).isEqualTo("DEAD_LETTERS");
        assertThat(nodes.path("message").asString()).endsWith("gantry dlt list --topic node-manager.nodes");
        assertThat(nodes.has("machine")).isFalse();
        alert(Topics.RECOVERY_EVENTS, 1);

        setAside(Topics.NODES, 1);
        watch.look();
        alert(Topics.NODES, 1);
        assertThat(webhook.taken).hasSize(3);
    }

    @Test
    void however_many_monitors_look_at_the_same_time_people_are_told_once() throws Exception {
        setAside(Topics.NODES, 2);
        var together = new CyclicBarrier(MONITORS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> looks = IntStream.range(0, MONITORS)
                    .<Future<?>>mapToObj(_ -> threads.submit(() -> {
                        Growth growth = letters.growth(marks.all()).getFirst();
                        together.await();
                        alarm.raise(growth);
                        return growth;
                    }))
                    .toList();
            for (Future<?> look : looks) {
                look.get();
            }
        }
        alert(Topics.NODES, 2);
        setAside(Topics.RECOVERY_EVENTS, 1);
        watch.look();
        alert(Topics.RECOVERY_EVENTS, 1);
        assertThat(alerts(Topics.NODES, 2)).hasSize(1);
        assertThat(webhook.taken).hasSize(2);
    }

    @Test
    void of_what_was_listed_nobody_is_told() {
        setAside(Topics.NODES, 2);
        rest.get().uri("/api/v1/dead-letters").exchange().expectStatus().isOk();
        setAside(Topics.NODES, 1);
        watch.look();
        alert(Topics.NODES, 1);
        assertThat(webhook.taken).hasSize(1);
    }

    @Test
    void what_was_replayed_counts_no_longer_though_nobody_listed_it() {
        setAside(Topics.NODES, 2);
        Letter newest = lying().getFirst();
        replays.note(newest, newest.failedAt());
        watch.look();
        alert(Topics.NODES, 1);
        assertThat(webhook.taken).hasSize(1);
    }

    private void setAside(String topic, int count) {
        int before = lying().size();
        for (int i = 0; i < count; i++) {
            kafka.send(topic, "junk", "junk".getBytes(UTF_8)).join();
        }
        await().until(() -> lying().size() == before + count);
    }

    private List<Letter> lying() {
        return letters.page(Topics.CATALOGUE, null, 500, true).letters();
    }

    private JsonNode alert(String topic, int count) {
        await().until(() -> alerts(topic, count).size() == 1);
        return alerts(topic, count).getFirst();
    }

    private List<JsonNode> alerts(String topic, int count) {
        return webhook.taken.stream()
                .map(JsonMapper.shared()::readTree)
                .filter(alert -> alert.path("topic").asString("").equals(topic)
                        && alert.path("deadLetters").asInt() == count)
                .toList();
    }
}
