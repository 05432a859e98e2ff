package io.gantry.benchmarks.hop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka and nothing else: acknowledged by the broker, no database, no promise when a process dies. */
final class PlainHop implements Hop {
    private static final String TOPIC = "benchmark.plain";
    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaProducer<String, Integer> producer;
    private final KafkaConsumer<String, Integer> consumer;
    private final Thread listener;
    private volatile Arrivals arrivals = new Arrivals(0);

    PlainHop(String broker, int partitions) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker);
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, partitions, (short) 1)))
                    .all()
                    .get();
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker, "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new IntegerSerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker, "group.id", "benchmark.plain", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new IntegerDeserializer());
        consumer.subscribe(List.of(TOPIC));
        listener = Thread.ofPlatform().name("plain-listener").start(this::listen);
    }

    private void listen() {
        try (consumer) {
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<String, Integer> record : consumer.poll(POLL)) {
                    arrivals.arrived(record.value());
                }
            }
        } catch (WakeupException closing) {
            // The way to end a poll.
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // What is lost shows: it never arrives.
    public void send(int message) {
        producer.send(new ProducerRecord<>(TOPIC, Keys.of(message), message));
    }

    @Override
    public void deliverTo(Arrivals newArrivals) {
        arrivals = newArrivals;
    }

    @Override
    public void close() {
        producer.close();
        consumer.wakeup();
        try {
            listener.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
