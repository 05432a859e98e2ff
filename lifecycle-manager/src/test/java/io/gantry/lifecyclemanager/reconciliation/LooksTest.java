package io.gantry.lifecyclemanager.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A machine whose looks are numbered by the instances that they see, and end when they are let. */
class LooksTest {
    private static final Duration WITHIN = Duration.ofMillis(50);
    private static final Duration LASTS = Duration.ofSeconds(10);
    private static final String VM = "vm-2";

    private final AtomicLong time = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Looks looks = new Looks(WITHIN, LASTS, time::get, threads);
    private final AtomicInteger begun = new AtomicInteger();
    private volatile CountDownLatch answers = new CountDownLatch(0);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private Sight look() throws InterruptedException {
        int number = begun.incrementAndGet();
        answers.await();
        return number(number);
    }

    private static Sight number(int number) {
        return new Sight.Running(Map.of(), number);
    }

    private Sight taken() {
        return looks.take(Map.of(VM, this::look)).get(VM);
    }

    private void hang() {
        answers = new CountDownLatch(1);
    }

    private void answer() {
        answers.countDown();
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    /** The first sight of it that is none of its silence. */
    private Sight firstSeen() {
        return await().until(this::taken, Sight.Running.class::isInstance);
    }

    @Test
    void each_look_sees_anew() {
        assertThat(firstSeen()).isEqualTo(number(1));
        assertThat(firstSeen()).isEqualTo(number(2));
    }

    @Test
    void one_that_takes_too_long_is_not_begun_again_and_counts_soon_after() {
        hang();
        assertThat(taken()).isInstanceOf(Sight.Silent.class);
        await().until(() -> begun.get() == 1);
        pass(Duration.ofSeconds(6));
        assertThat(taken()).isInstanceOf(Sight.Silent.class);
        assertThat(begun).hasValue(1);
        answer();
        assertThat(firstSeen()).isEqualTo(number(1));
    }

    @Test
    void what_one_saw_that_was_begun_long_ago_is_not_taken_for_how_it_is_now() {
        hang();
        taken();
        pass(LASTS);
        answer();
        assertThat(firstSeen()).isEqualTo(number(2));
    }

    @Test
    void what_one_saw_before_something_was_done_there_is_not_taken_for_how_it_is_after() {
        hang();
        taken();
        looks.forget(VM);
        answer();
        assertThat(firstSeen()).isEqualTo(number(2));
    }

    @Test
    void what_one_saw_who_acted_before_is_not_taken_for_how_it_is_now() {
        hang();
        taken();
        looks.forget();
        answer();
        assertThat(firstSeen()).isEqualTo(number(2));
    }

    @Test
    void of_a_machine_that_is_not_asked_nothing_is_said() {
        hang();
        taken();
        assertThat(looks.take(Map.of())).isEmpty();
        answer();
        assertThat(firstSeen()).isEqualTo(number(2));
    }

    @Test
    void one_that_fails_is_silent_and_says_why() {
        Map<String, Callable<Sight>> failing = Map.of(VM, () -> {
            throw new IllegalStateException("no route");
        });
        await().untilAsserted(() -> assertThat(looks.take(failing))
                .containsEntry(
                        VM,
                        new Sight.Silent(
                                "vm-2 can't be looked at: java.lang.IllegalStateException: no route", false, false)));
    }
}
