package io.gantry.testkit;

import java.util.Map;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A real Kafka broker in the test's JVM, without topics. */
public final class TestBroker implements AutoCloseable {
    private final EmbeddedKafkaBroker broker;

    private TestBroker(EmbeddedKafkaBroker broker) {
        this.broker = broker;
    }

    public static TestBroker start() {
        EmbeddedKafkaBroker broker = new EmbeddedKafkaKraftBroker(1, 1)
                .brokerProperties(Map.of(
                        "group.initial.rebalance.delay.ms", "0",
                        "offsets.topic.num.partitions", "1",
                        "auto.create.topics.enable", "false",
                        "log.cleaner.dedupe.buffer.size", "2097152"));
        broker.afterPropertiesSet();
        return new TestBroker(broker);
    }

    /** Host and port for {@code bootstrap.servers}. */
    public String address() {
        return broker.getBrokersAsString();
    }

    @Override
    public void close() {
        broker.destroy();
    }
}
