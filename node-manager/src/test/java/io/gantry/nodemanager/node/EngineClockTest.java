package io.gantry.nodemanager.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.nodemanager.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class EngineClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final EngineClock clock = new EngineClock(Sample.NODE, InstantSource.fixed(NOON));

    private void hear(Instant told, Duration took) {
        clock.heard(told, NOON, NOON.plus(took));
    }

    @Test
    void what_an_engine_dates_that_is_an_hour_behind_is_put_right() {
        hear(NOON.minus(HOUR).plusMillis(20), Duration.ofMillis(40));
        assertThat(clock.ours(NOON.minus(HOUR))).isEqualTo(NOON);
        assertThat(clock.theirs(NOON)).isEqualTo(NOON.minus(HOUR));
        assertThat(clock.problem()).isEqualTo("its clock is 3600 s behind the platform's");
    }

    @Test
    void what_the_time_of_its_answer_explains_is_no_error() {
        hear(NOON.plusSeconds(5), Duration.ofSeconds(8));
        assertThat(clock.ours(NOON)).isEqualTo(NOON);
        assertThat(clock.problem()).isNull();
    }

    @Test
    void an_error_that_is_known_does_not_change_by_what_answers_take() {
        hear(NOON.plus(HOUR), Duration.ZERO);
        hear(NOON.plus(HOUR).plusMillis(900), Duration.ofMillis(100));
        assertThat(clock.ours(NOON.plus(HOUR))).isEqualTo(NOON);
    }

    @Test
    void a_clock_that_was_put_right_is_right() {
        hear(NOON.plus(HOUR), Duration.ZERO);
        hear(NOON.plusMillis(300), Duration.ZERO);
        assertThat(clock.ours(NOON)).isEqualTo(NOON);
        assertThat(clock.problem()).isNull();
    }
}
