package io.gantry.monitoring.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

    @Test
    void the_first_try_waits_for_nothing_and_each_further_pause_is_twice_as_long_up_to_the_longest() {
        assertThat(IntStream.rangeClosed(1, 9).mapToObj(BACKOFF::before).map(Duration::toSeconds))
                .containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void however_often_it_was_tried_the_pause_is_the_longest() {
        assertThat(BACKOFF.before(1_000_000)).isEqualTo(Duration.ofSeconds(60));
    }
}
