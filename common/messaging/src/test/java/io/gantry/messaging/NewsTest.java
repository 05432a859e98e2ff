package io.gantry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class NewsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final News news = new News();

    @Test
    void what_is_there_is_not_waited_for() throws Exception {
        assertThat(news.await(Duration.ZERO, () -> Optional.of("there"))).hasValue("there");
    }

    @Test
    void what_is_told_is_found_at_once() throws Exception {
        var heard = new AtomicReference<String>();
        var looking = new CountDownLatch(1);
        var found = new FutureTask<>(() -> news.await(LONG.multipliedBy(10), () -> {
            Optional<String> now = Optional.ofNullable(heard.get());
            looking.countDown();
            return now;
        }));
        Thread.ofVirtual().start(found);
        assertThat(looking.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        heard.set("told");
        commit();
        assertThat(found).succeedsWithin(LONG).isEqualTo(Optional.of("told"));
    }

    @Test
    void what_another_process_has_heard_is_found_at_the_end() throws Exception {
        var looks = new AtomicInteger();
        assertThat(news.await(
                        Duration.ofMillis(50),
                        () -> looks.getAndIncrement() == 0 ? Optional.empty() : Optional.of("there")))
                .hasValue("there");
    }

    @Test
    void what_does_not_come_is_not_waited_for_beyond_patience() throws Exception {
        assertThat(news.await(Duration.ofMillis(50), Optional::empty)).isEmpty();
    }

    private void commit() {
        TransactionSynchronizationManager.initSynchronization();
        news.tell();
        TransactionSynchronizationManager.getSynchronizations().forEach(TransactionSynchronization::afterCommit);
        TransactionSynchronizationManager.clearSynchronization();
    }
}
