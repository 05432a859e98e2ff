package io.gantry.access;

import io.gantry.contract.fleet.ApiKey;
import io.gantry.contract.topic.Topics;
import io.gantry.web.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * The keys that the lifecycle manager tells of. Every instance of a service reads the whole topic for itself, from its
 * beginning, and keeps it in memory; while Kafka is away it goes on with what it has read.
 */
final class TopicKeys implements ApiKeys, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TopicKeys.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final ConsumerFactory<String, Object> consumers;
    private volatile @Nullable Map<String, ApiKey> known;
    private volatile @Nullable Thread reader;
    private volatile @Nullable Consumer<String, Object> reading;

    TopicKeys(ConsumerFactory<String, Object> consumers) {
        this.consumers = consumers;
    }

    @Override
    public Optional<ApiKey> find(String id) {
        Map<String, ApiKey> keys = known;
        if (keys == null) {
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "KEYS_NOT_READ",
                    "This service does not know the fleet's API keys yet. Try again in a second.");
        }
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public void start() {
        Thread thread = Thread.ofPlatform().daemon().name("api-keys").unstarted(this::readUntilStopped);
        reader = thread;
        thread.start();
    }

    @Override
    public void stop() {
        Thread stopping = reader;
        reader = null;
        Consumer<String, Object> consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
        LockSupport.unpark(stopping);
    }

    @Override
    public boolean isRunning() {
        return reader != null;
    }

    private void readUntilStopped() {
        while (isRunning()) {
            try (Consumer<String, Object> consumer = consumers.createConsumer(null, null, ".api-keys", settings())) {
                reading = consumer;
                readFromTheBeginning(consumer);
            } catch (WakeupException stopping) {
                log.debug("No API keys are read any more");
            } catch (KafkaException away) {
                log.warn("The API keys can't be read; trying again: {}", away.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (RuntimeException unforeseen) {
                // Without this thread the service would know no new key, and no revoked one, until it is started again.
                log.error("Reading the API keys failed; trying again", unforeseen);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** A topic made by asking for it would not be a compacted one. */
    private static Properties settings() {
        var settings = new Properties();
        settings.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return settings;
    }

    private void readFromTheBeginning(Consumer<String, Object> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.API_KEYS, ANSWER).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("There is no topic %s yet".formatted(Topics.API_KEYS));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
        Map<String, ApiKey> keys = new ConcurrentHashMap<>();
        while (isRunning() && !(hasReached(consumer, ends) && isTold(keys))) {
            readOn(consumer, keys);
        }
        known = keys;
        while (isRunning()) {
            readOn(consumer, keys);
        }
    }

    private static boolean hasReached(Consumer<String, Object> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue());
    }

    /** There is no fleet without a key: where none is told, the lifecycle manager has not come to it yet. */
    private static boolean isTold(Map<String, ApiKey> keys) {
        return !keys.isEmpty();
    }

    private static void readOn(Consumer<String, Object> consumer, Map<String, ApiKey> keys) {
        consumer.poll(PAUSE).forEach(record -> apply(record, keys));
    }

    /** A key whose message can't be read lets nobody in. */
    private static void apply(ConsumerRecord<String, Object> record, Map<String, ApiKey> keys) {
        if (record.value() instanceof ApiKey key) {
            keys.put(record.key(), key);
        } else {
            keys.remove(record.key());
        }
    }
}
