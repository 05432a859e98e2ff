package io.gantry.monitoring.deadletter;

import io.gantry.contract.topic.Topic;
import io.gantry.contract.topic.Topics;
import io.gantry.web.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.stereotype.Component;

/** All dead letters of the platform: what lies on the topics, and what was replayed of it. */
@Component
class DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final DefaultKafkaConsumerFactory<String, byte[]> consumers;
    private final Replays replays;

    /** @param more whether there are older ones */
    record Page(List<Letter> letters, boolean more) {}

    DeadLetters(KafkaProperties kafka, Replays replays) {
        Map<String, Object> settings = kafka.buildConsumerProperties();
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        // At the end of one topic the consumer asks for more before it turns to the next: there is nothing to wait for.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        this.consumers =
                new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        this.replays = replays;
    }

    /**
     * The newest first.
     *
     * @param before only what comes after this one in that order
     * @param all also those that were replayed
     */
    Page page(List<Topic> topics, @Nullable LetterId before, int most, boolean all) {
        Letter shown = before == null ? null : Letter.of(find(before));
        List<Letter> found = ask(reader -> reader.newest(topics, shown, most + 1, stretch -> chosen(stretch, all)));
        List<Letter> newest =
                found.stream().sorted(Letter.ORDER).limit(most + 1L).toList();
        return newest.size() <= most ? new Page(newest, false) : new Page(newest.subList(0, most), true);
    }

    private List<Letter> chosen(List<Letter> stretch, boolean all) {
        return replays.mark(stretch).stream()
                .filter(letter -> all || letter.replayedAt() == null)
                .toList();
    }

    /** Where there are letters that people don't know of. */
    List<Growth> growth(Map<TopicPartition, Mark> known) {
        return ask(reader -> reader.growth(Topics.CATALOGUE, known));
    }

    /** @throws ProblemException if there is none */
    Envelope find(LetterId id) {
        return ask(reader -> reader.find(id))
                .orElseThrow(() -> ProblemException.notFound(
                        "NO_SUCH_DEAD_LETTER",
                        "There is no dead letter %s; GET /api/v1/dead-letters lists those there are.".formatted(id)));
    }

    Letter letter(Envelope envelope) {
        return replays.mark(List.of(Letter.of(envelope))).getFirst();
    }

    boolean isSuperseded(Envelope letter) {
        return ask(reader -> reader.isSuperseded(letter));
    }

    private <T> T ask(Function<LetterReader, T> question) {
        try (var reader = new LetterReader(consumers.createConsumer())) {
            return question.apply(reader);
        } catch (KafkaException away) {
            log.warn("Dead letters can't be read: {}", away.getMessage());
            throw unavailable();
        }
    }

    static ProblemException unavailable() {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "KAFKA_UNAVAILABLE",
                "Kafka, where the dead letters lie, does not answer; try again in a few seconds.");
    }
}
