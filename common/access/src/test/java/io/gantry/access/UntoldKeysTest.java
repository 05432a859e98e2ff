package io.gantry.access;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.contract.fleet.ApiKey;
import io.gantry.contract.fleet.ApiKey.Role;
import io.gantry.contract.fleet.KeyText;
import io.gantry.contract.topic.Topics;
import io.gantry.testkit.TestBroker;
import io.gantry.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import tools.jackson.databind.json.JsonMapper;

/** A service that is there before the lifecycle manager has told of any key. */
class UntoldKeysTest {
    private static final KeyText TEXT = KeyText.draw(new Random(1));
    private static final ApiKey KEY =
            new ApiKey(TEXT.id(), "first key", Role.OPERATOR, TEXT.sha256(), Instant.parse("2999-01-01T00:00:00Z"));
    private static final Deserializer<Object> JSON =
            (topic, bytes) -> JsonMapper.shared().readValue(bytes, ApiKey.class);

    @AutoClose
    private final TestBroker broker = TestBroker.start();

    private final AtomicInteger looks = new AtomicInteger();
    private final TopicKeys keys = new TopicKeys(new CountedLooks());

    @BeforeEach
    void start() throws Exception {
        try (Admin admin = Admin.create(address())) {
            admin.createTopics(List.of(new NewTopic(Topics.API_KEYS, 3, (short) 1)))
                    .all()
                    .get();
        }
        keys.start();
    }

    @AfterEach
    void stop() {
        keys.stop();
    }

    @Test
    void nobody_is_called_unknown_before_there_is_a_key_to_know() throws Exception {
        await().until(() -> looks.get() > 1);
        assertThatThrownBy(() -> keys.find(KEY.id()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        notNow -> assertThat(notNow.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
        tell();
        await().ignoreExceptions().until(() -> keys.find(KEY.id()).equals(Optional.of(KEY)));
        assertThat(keys.find("k7m2x9qd")).isEmpty();
    }

    private void tell() throws Exception {
        try (var producer = new KafkaProducer<>(address(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.API_KEYS, KEY.id(), JsonMapper.shared().writeValueAsBytes(KEY)))
                    .get();
        }
    }

    private Map<String, Object> address() {
        return Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.address());
    }

    /** A second look comes after what the first one found, nothing, was taken in. */
    private final class CountedLooks extends DefaultKafkaConsumerFactory<String, Object> {
        CountedLooks() {
            super(address());
        }

        @Override
        public Consumer<String, Object> createConsumer(
                String groupId, String clientIdPrefix, String clientIdSuffix, Properties properties) {
            return new KafkaConsumer<>(address(), new StringDeserializer(), JSON) {
                @Override
                public ConsumerRecords<String, Object> poll(Duration timeout) {
                    looks.incrementAndGet();
                    return super.poll(timeout);
                }
            };
        }
    }
}
