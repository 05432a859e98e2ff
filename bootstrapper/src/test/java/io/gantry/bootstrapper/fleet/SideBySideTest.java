package io.gantry.bootstrapper.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    @Test
    void all_are_done_at_the_same_time() {
        var both = new CyclicBarrier(2);
        var done = new ConcurrentSkipListSet<String>();

        SideBySide.run(List.of("one", "other"), each -> {
            meet(both);
            done.add(each);
        });

        assertThat(done).containsExactly("one", "other");
    }

    @Test
    void a_failure_stops_the_others_and_is_thrown_as_it_was() {
        var begun = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        var failure = new IllegalArgumentException("no");

        assertThatThrownBy(() -> SideBySide.run(
                        () -> {
                            await(begun);
                            throw failure;
                        },
                        () -> {
                            begun.countDown();
                            try {
                                never.await();
                            } catch (InterruptedException asked) {
                                stopped.countDown();
                            }
                        }))
                .isSameAs(failure);

        assertThat(stopped.getCount()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException alone) {
            throw new IllegalStateException(alone);
        }
    }
}
