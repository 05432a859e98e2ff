package io.gantry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class CentralClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private long nanos = 7;
    private Duration answersAfter = Duration.ZERO;
    private boolean answers = true;
    private Instant databaseAtSeven = NOON;
    private Instant own = NOON;
    private CentralClock clock = clock();

    private CentralClock clock() {
        return new CentralClock(InstantSource.fixed(own), this::databaseTime, () -> nanos);
    }

    /** As it was when the question was halfway. */
    private Instant databaseTime() {
        if (!answers) {
            throw new QueryTimeoutException("away");
        }
        Instant now = databaseAtSeven.plusNanos(nanos - 7).plus(answersAfter.dividedBy(2));
        pass(answersAfter);
        return now;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void two_machines_an_hour_apart_have_one_time() {
        own = NOON.plus(HOUR);
        CentralClock ahead = clock();
        own = NOON.minus(HOUR);
        CentralClock behind = clock();
        answersAfter = Duration.ofMillis(40);
        ahead.look();
        behind.look();
        assertThat(Duration.between(ahead.instant(), behind.instant()).abs()).isLessThan(Duration.ofMillis(1));
        assertThat(ahead.instant()).isEqualTo(NOON.plusMillis(80));
    }

    @Test
    void between_two_looks_it_goes_on_by_the_monotonic_clock() {
        clock.look();
        pass(Duration.ofMinutes(3));
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(3)));
    }

    @Test
    void a_database_that_does_not_answer_changes_nothing() {
        answers = false;
        databaseAtSeven = NOON.plus(HOUR);
        clock.look();
        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @Test
    void what_a_slow_answer_explains_changes_nothing_and_more_than_that_does() {
        answersAfter = Duration.ofSeconds(4);
        databaseAtSeven = NOON.plusSeconds(2);
        clock.look();
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(4));
        databaseAtSeven = NOON.plus(HOUR);
        clock.look();
        assertThat(clock.instant()).isEqualTo(NOON.plus(HOUR).plusSeconds(8));
    }

    @Test
    void it_does_not_go_to_and_fro_by_what_an_answer_takes() {
        databaseAtSeven = NOON.minusMillis(80);
        clock.look();
        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @Test
    void it_follows_a_database_whose_clock_is_put_right() {
        clock.look();
        databaseAtSeven = NOON.minus(HOUR);
        clock.look();
        assertThat(clock.instant()).isEqualTo(NOON.minus(HOUR));
    }
}
