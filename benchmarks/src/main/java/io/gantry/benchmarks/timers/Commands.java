package io.gantry.benchmarks.timers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.contract.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** When which command for the deployer could be read, by its token; the first time, for a message may come twice. */
final class Commands implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([a-z0-9]+)\"");
    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<String, byte[]> consumer;
    private final InstantSource clock;
    private final Map<String, Instant> arrived = new HashMap<>();
    private final Thread thread;

    /** @param broker has the topic */
    Commands(String broker, InstantSource clock) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker, "group.id", "benchmark.timers", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("timers-listener").start(this::listen);
    }

    private void listen() {
        try (consumer) {
            consumer.subscribe(List.of(Topics.DEPLOYER_COMMANDS));
            while (!Thread.currentThread().isInterrupted()) {
                consumer.poll(POLL).forEach(this::hear);
            }
        } catch (WakeupException closing) {
            // The way to end a poll.
        }
    }

    private synchronized void hear(ConsumerRecord<String, byte[]> command) {
        Matcher token = TOKEN.matcher(new String(command.value(), UTF_8));
        if (token.find()) {
            arrived.putIfAbsent(token.group(1), clock.instant());
        }
    }

    synchronized Map<String, Instant> arrived() {
        return new HashMap<>(arrived);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
