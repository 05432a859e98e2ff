package io.gantry.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.contract.topic.MessageHeaders;
import io.gantry.tracing.Traces;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries the outbox to Kafka. Woken by every commit that put something there; besides, it looks at every sweep for what
 * a crash left behind. One relay of a service sends at a time, whichever instance it is in, so that order holds.
 */
class OutboxRelay implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int BATCH = 500;
    private static final Duration LONGEST_BATCH = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final KafkaTemplate<String, Object> kafka;
    private final LargeMessages large;
    private final InstantSource clock;
    private final MessagingSettings settings;
    private final Traces traces;
    private final Semaphore work = new Semaphore(0);
    private volatile @Nullable Thread thread;

    OutboxRelay(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            KafkaTemplate<String, Object> kafka,
            LargeMessages large,
            InstantSource clock,
            MessagingSettings settings,
            Traces traces) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.kafka = kafka;
        this.large = large;
        this.clock = clock;
        this.settings = settings;
        this.traces = traces;
    }

    void wake() {
        work.release();
    }

    @Override
    public void start() {
        // Known before it runs: a thread that is quicker than this one would take itself for stopped.
        Thread relay = Thread.ofPlatform().name("outbox-relay").daemon().unstarted(this::run);
        thread = relay;
        relay.start();
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            awaitEndOf(running);
        }
    }

    /** Lets a batch under way be marked as sent before the connections go. */
    private static void awaitEndOf(Thread running) {
        try {
            running.join(LONGEST_BATCH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** After a quick stop and start the thread before this one may still be about; it is not to go on. */
    private boolean isRelay() {
        return thread == Thread.currentThread();
    }

    private void run() {
        while (isRelay()) {
            try {
                relay();
                waitForWork();
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException e) {
                pauseAfter(e);
            }
        }
    }

    private void relay() {
        int sent;
        do {
            sent = transaction.execute(status -> sendBatch());
        } while (sent == BATCH);
    }

    private void waitForWork() throws InterruptedException {
        if (work.tryAcquire(settings.sweep().toMillis(), TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        } else {
            forget();
        }
    }

    /** The messages stay where they are; nothing is lost while the database or Kafka is away. */
    private void pauseAfter(RuntimeException failure) {
        if (!isRelay()) {
            return;
        }
        log.warn("The outbox could not be sent; trying again: {}", failure.getMessage());
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    private int sendBatch() {
        takeTurn();
        List<Unsent> batch = jdbc.sql("""
                        select id, message_id, topic, key, payload, causation_id, trace_parent, created_at
                        from outbox where sent_at is null order by id limit ?""").param(BATCH).query(Unsent.class).list();
        if (!batch.isEmpty()) {
            send(batch);
            markSent(batch);
        }
        return batch.size();
    }

    /**
     * Waits for the relay of another instance. A crash of the database may forget what this transaction does, which is to
     * mark as sent: such messages are sent again and passed over by whoever has applied them.
     */
    private void takeTurn() {
        jdbc.sql("""
                        select pg_advisory_xact_lock(hashtext(current_schema() || '.outbox')),
                               set_config('synchronous_commit', 'off', true)""").query((row, index) -> true).single();
    }

    /** A large one waits for those before it, and those behind it for that one: it goes another way, and order holds. */
    private void send(List<Unsent> batch) {
        List<CompletableFuture<?>> underWay = new ArrayList<>();
        for (Unsent unsent : batch) {
            if (LargeMessages.isLarge(unsent.payload())) {
                await(underWay);
                large.send(unsent.toRecord());
            } else {
                underWay.add(kafka.send(unsent.toRecord()));
            }
        }
        await(underWay);
        batch.forEach(this::trace);
    }

    private static void await(List<CompletableFuture<?>> underWay) {
        CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new)).join();
        underWay.clear();
    }

    /** From when it was decided upon until Kafka has it. */
    private void trace(Unsent sent) {
        traces.past(
                "send " + sent.topic(),
                sent.traceParent(),
                sent.createdAt().toInstant(),
                clock.instant(),
                Map.of("message", sent.messageId()));
    }

    private void markSent(List<Unsent> batch) {
        jdbc.sql("update outbox set sent_at = ? where id = any (?)")
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .param(batch.stream().map(Unsent::id).toArray(Long[]::new))
                .update();
    }

    private void forget() {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("delete from outbox where sent_at < ?")
                .param(now.minus(settings.keepSent()))
                .update();
        jdbc.sql("delete from inbox where received_at < ?")
                .param(now.minus(settings.keepReceived()))
                .update();
    }

    private record Unsent(
            long id,
            String messageId,
            String topic,
            String key,
            byte @Nullable [] payload,
            @Nullable String causationId,
            @Nullable String traceParent,
            OffsetDateTime createdAt) {
        ProducerRecord<String, Object> toRecord() {
            ProducerRecord<String, Object> record = new ProducerRecord<>(topic, key, payload);
            header(record, MessageHeaders.MESSAGE_ID, messageId);
            header(record, MessageHeaders.CAUSATION_ID, causationId);
            header(record, MessageHeaders.SENT_AT, createdAt.toInstant().toString());
            header(record, MessageHeaders.TRACE_PARENT, traceParent);
            return record;
        }

        private static void header(ProducerRecord<String, Object> record, String name, @Nullable String value) {
            if (value != null) {
                record.headers().add(name, value.getBytes(UTF_8));
            }
        }
    }
}
