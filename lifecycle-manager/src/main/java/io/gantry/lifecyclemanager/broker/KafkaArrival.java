package io.gantry.lifecyclemanager.broker;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Lease;
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

/**
 * Once Kafka answers: makes its topics, as the catalogue has them. Then the lifecycle manager that acts listens, and it alone:
 * what one heard that does not act would be lost for as long as Kafka takes to notice that its machine died.
 */
@Component
@OnlyInFleet
class KafkaArrival implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(KafkaArrival.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int KNOCKS_FOR = 2_000;

    private final KafkaProperties kafka;
    private final KafkaAdmin admin;
    private final KafkaListenerEndpointRegistry listeners;
    private final Lease lease;
    private final Semaphore stop = new Semaphore(0);
    private volatile @Nullable Thread thread;

    KafkaArrival(KafkaProperties kafka, KafkaAdmin admin, KafkaListenerEndpointRegistry listeners, Lease lease) {
        this.kafka = kafka;
        this.admin = admin;
        this.listeners = listeners;
        this.lease = lease;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("kafka-arrival").start(this::run);
    }

    private void run() {
        try {
            while (!isHere()) {
                if (isStoppedWithin(EVERY)) {
                    return;
                }
            }
            log.info("Kafka is here: its topics are made");
            listenWhileActing();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStoppedWithin(Duration time) throws InterruptedException {
        return stop.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks at its own memory every now and then: a lease that is not renewed ends by the clock, of which nobody tells. */
    private void listenWhileActing() throws InterruptedException {
        boolean listens = false;
        do {
            boolean acts = lease.held().isPresent();
            if (acts && !listens) {
                listeners.start();
            } else if (listens && !acts) {
                listeners.stop();
            }
            listens = acts;
        } while (!isStoppedWithin(EVERY));
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
