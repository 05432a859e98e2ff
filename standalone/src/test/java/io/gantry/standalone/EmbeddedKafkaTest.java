package io.gantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.testkit.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    private static final TopicPartition TOPIC = new TopicPartition("kept", 0);

    private final int port = FreePorts.next();
    private final int controllerPort = FreePorts.next();
    private final Map<String, Object> broker = Map.of("bootstrap.servers", "127.0.0.1:" + port);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void what_is_sent_survives_a_stop() throws Exception {
        try (var _ = EmbeddedKafka.start(directory, port, controllerPort)) {
            send("yes");
        }
        try (var _ = EmbeddedKafka.start(directory, port, controllerPort)) {
            assertThat(receive()).isEqualTo("yes");
        }
    }

    @Test
    void what_is_sent_survives_a_killed_process() throws Exception {
        try (var child = ChildJvm.start(
                KafkaChild.class, directory.toString(), Integer.toString(port), Integer.toString(controllerPort))) {
            child.awaitLine("up");
            send("yes");
            child.kill();
        }
        try (var _ = EmbeddedKafka.start(directory, port, controllerPort)) {
            assertThat(receive()).isEqualTo("yes");
        }
    }

    private void send(String value) throws Exception {
        try (var admin = Admin.create(broker);
                var producer = new KafkaProducer<>(broker, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(TOPIC.topic(), 1, (short) 1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>(TOPIC.topic(), value)).get();
        }
    }

    private String receive() {
        try (var consumer = new KafkaConsumer<>(broker, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
            return consumer.poll(Duration.ofSeconds(60)).records(TOPIC).stream()
                    .map(ConsumerRecord::value)
                    .findFirst()
                    .orElse("nothing");
        }
    }
}
