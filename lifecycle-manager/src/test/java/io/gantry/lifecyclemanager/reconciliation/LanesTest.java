package io.gantry.lifecyclemanager.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final AtomicLong time = new AtomicLong();
    private final Lanes lanes = new Lanes(time::get);

    private void fail(String work) {
        assertThat(lanes.begin("vm-1", work, turn -> turn.failed("it broke"))).isTrue();
        await().until(() -> lanes.busyMachines().isEmpty());
    }

    @Test
    void a_machine_has_one_work_at_a_time_and_another_machine_its_own() {
        CountDownLatch go = new CountDownLatch(1);
        assertThat(lanes.begin("vm-1", "first", turn -> {
                    awaitUninterruptibly(go);
                    turn.done();
                }))
                .isTrue();
        assertThat(lanes.begin("vm-1", "second", Lanes.Turn::done)).isFalse();
        assertThat(lanes.begin("vm-2", "second", Lanes.Turn::done)).isTrue();
        go.countDown();
        await().until(() -> lanes.begin("vm-1", "second", Lanes.Turn::done));
    }

    @Test
    void what_failed_rests_longer_each_time_and_says_why() {
        fail("work");
        assertThat(lanes.begin("vm-1", "work", Lanes.Turn::done)).isFalse();
        assertThat(lanes.begin("vm-1", "other work", Lanes.Turn::done)).isTrue();
        time.addAndGet(Duration.ofSeconds(1).toNanos());
        await().until(() -> lanes.busyMachines().isEmpty());
        fail("work");
        assertThat(lanes.failure("work")).contains("it broke (tried 2 times)");
        time.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(lanes.begin("vm-1", "work", Lanes.Turn::done)).isFalse();
    }

    @Test
    void what_is_planned_no_more_begins_anew() {
        fail("work");
        lanes.keep(List.of("work"));
        assertThat(lanes.failure("work")).isPresent();
        lanes.keep(List.of());
        assertThat(lanes.failure("work")).isEmpty();
    }

    @Test
    void what_is_under_way_on_a_machine_that_is_off_is_interrupted_and_stands_in_nobodys_way() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        lanes.begin("vm-1", "waits for SSH", turn -> {
            begun.countDown();
            interrupted.set(awaitUninterruptibly(new CountDownLatch(1)));
            turn.failed("no answer");
        });
        awaitUninterruptibly(begun);
        assertThat(lanes.evict("vm-1", "waits for SSH")).isFalse();
        assertThat(lanes.evict("vm-1", "start")).isTrue();
        CountDownLatch go = new CountDownLatch(1);
        assertThat(lanes.begin("vm-1", "start", turn -> {
                    awaitUninterruptibly(go);
                    turn.done();
                }))
                .isTrue();
        await().untilTrue(interrupted);
        assertThat(lanes.busyMachines())
                .as("the one before ends its own turn only")
                .containsExactly("vm-1");
        go.countDown();
    }

    @Test
    void whoever_resizes_a_machine_ends_it_though_it_is_off_meanwhile() {
        CountDownLatch go = new CountDownLatch(1);
        var resizing = new Step.ResizeMachine("vm-1");
        AtomicBoolean interrupted = new AtomicBoolean();
        lanes.begin("vm-1", resizing, turn -> {
            interrupted.set(awaitUninterruptibly(go));
            turn.done();
        });
        assertThat(lanes.evict("vm-1", new Step.StartMachine("vm-1"))).isFalse();
        assertThat(lanes.begin("vm-1", "restart", Lanes.Turn::done)).isFalse();
        go.countDown();
        await().until(() -> lanes.begin("vm-1", "restart", Lanes.Turn::done));
        assertThat(interrupted).isFalse();
    }

    /** @return whether it was interrupted */
    private static boolean awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
            return false;
        } catch (InterruptedException interrupted) {
            return true;
        }
    }
}
