package io.gantry.acceptance.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.acceptance.driver.Rest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Asks the deployer for what only the platform itself asks for. */
final class Commands {
    private static final int PATIENCE_SECONDS = 60;
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private final String kafka;

    Commands(CrashingPlatform platform) {
        this.kafka = platform.kafka();
    }

    void restart(String app, String service, String token)
            throws InterruptedException, ExecutionException, TimeoutException {
        String command = Rest.text(Map.of(
                "type",
                "restart",
                "token",
                token,
                "app",
                app,
                "services",
                List.of(service),
                "deadline",
                Instant.now().plus(DEADLINE).toString()));
        try (Producer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("deployer.commands", app, command.getBytes(UTF_8)))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
