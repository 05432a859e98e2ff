package io.gantry.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final AtomicLong nanos = new AtomicLong(-7);
    private final Pulse pulse = new Pulse(nanos::get, Duration.ofMillis(500));

    private Pulse.Mark after(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
        return pulse.beat();
    }

    @Test
    void a_regular_pulse_lives_through_all_time() {
        Pulse.Mark first = after(100);
        Pulse.Mark later = after(500);
        assertThat(later.lived()).isEqualTo(Duration.ofMillis(600));
        assertThat(later.isSteadySince(first)).isTrue();
    }

    @Test
    void a_stall_adds_no_more_than_a_regular_pause() {
        Pulse.Mark before = after(100);
        Pulse.Mark after = after(2000);
        assertThat(after.lived().minus(before.lived())).isEqualTo(Duration.ofMillis(500));
        assertThat(after.isSteadySince(before)).isFalse();
        assertThat(after(100).isSteadySince(after)).isTrue();
    }
}
