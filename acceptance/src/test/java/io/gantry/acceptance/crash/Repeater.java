package io.gantry.acceptance.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Says once more all that was ever said on a topic, the last word first: what comes late comes from far back. */
final class Repeater {
    /** Those that are told once; of the others the newest message of a key counts, which an old one is not to replace. */
    private static final List<String> TOPICS = List.of(
            "deployer.commands",
            "deployer.events",
            "load-balancer.placement-requests",
            "load-balancer.placement-replies",
            "node-manager.registry-commands",
            "node-manager.registry-events");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String kafka;

    Repeater(CrashingPlatform platform) {
        this.kafka = platform.kafka();
    }

    /** Returns when everybody has heard it. */
    void sayEverythingAgain() throws InterruptedException, ExecutionException, TimeoutException {
        for (String topic : TOPICS) {
            sayAgain(topic);
        }
        new Hearing(kafka).awaitAllHeard(TOPICS);
    }

    private void sayAgain(String topic) throws InterruptedException, ExecutionException, TimeoutException {
        List<ConsumerRecord<byte[], byte[]>> said = said(topic);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = said.reversed().stream()
                    .map(record -> producer.send(new ProducerRecord<>(
                            topic, record.partition(), record.key(), record.value(), record.headers())))
                    .toList();
            for (Future<RecordMetadata> each : sent) {
                each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> said(String topic) {
        List<ConsumerRecord<byte[], byte[]>> said = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(said::add);
            }
        }
        return said;
    }
}
