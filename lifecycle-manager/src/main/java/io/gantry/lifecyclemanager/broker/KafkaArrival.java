package io.gantry.lifecyclemanager.broker;

import io.gantry.lifecyclemanager.OnlyInFleet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/** Once Kafka answers: makes its topics, as the catalogue has them, and begins to listen. */
@Component
@OnlyInFleet
class KafkaArrival implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(KafkaArrival.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int KNOCKS_FOR = 2_000;

    private final KafkaProperties kafka;
    private final KafkaAdmin admin;
    private final KafkaListenerEndpointRegistry listeners;
    private final Semaphore stop = new Semaphore(0);
    private volatile @Nullable Thread thread;

    KafkaArrival(KafkaProperties kafka, KafkaAdmin admin, KafkaListenerEndpointRegistry listeners) {
        this.kafka = kafka;
        this.admin = admin;
        this.listeners = listeners;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("kafka-arrival").start(this::await);
    }

    private void await() {
        try {
            while (!isHere()) {
                if (stop.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            log.info("Kafka is here: its topics are made, and listened to");
            listeners.start();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isHere() {
        return kafka.getBootstrapServers().stream().anyMatch(KafkaArrival::listens) && admin.initialize();
    }

    private static boolean listens(String server) {
        List<String> hostAndPort = List.of(server.split(":(?=[0-9]+$)", 2));
        if (hostAndPort.size() < 2) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(hostAndPort.getFirst(), Integer.parseInt(hostAndPort.getLast())), KNOCKS_FOR);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void stop() {
        stop.release();
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
