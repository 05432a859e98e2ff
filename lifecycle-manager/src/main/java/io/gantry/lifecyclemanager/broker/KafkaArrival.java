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
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * The lifecycle manager that acts makes Kafka's topics, as the catalogue has them, once Kafka answers. Then it listens, and it alone:
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
    private final Listening listening;
    private final Lease lease;
    private final Semaphore stop = new Semaphore(0);
    private volatile @Nullable Thread thread;

    KafkaArrival(KafkaProperties kafka, KafkaAdmin admin, Listening listening, Lease lease) {
        this.kafka = kafka;
        this.admin = admin;
        this.listening = listening;
        this.lease = lease;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("kafka-arrival").start(this::run);
    }

    /** Looks at its own memory every now and then: a lease that is not renewed ends by the clock, of which nobody tells. */
    private void run() {
        boolean listens = false;
        try {
            do {
                boolean acts = lease.held().isPresent();
                listens = acts && (listens || isHere());
                listening.shall(listens);
            } while (!isStoppedWithin(EVERY));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStoppedWithin(Duration time) throws InterruptedException {
        return stop.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Each time that it begins to act: Kafka may have lost its topics with its data. */
    private boolean isHere() {
        try {
            boolean here = kafka.getBootstrapServers().stream().anyMatch(KafkaArrival::answers) && admin.initialize();
            if (here) {
                log.info("Kafka is here: its topics are made");
            }
            return here;
        } catch (RuntimeException notYet) {
            log.warn("The topics could not be made; trying again", notYet);
            return false;
        }
    }

    private static boolean answers(String server) {
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
