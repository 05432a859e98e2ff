package io.gantry.benchmarks.timers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FiringsTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Plan PLAN = new Plan(10, 2, 2);

    private final Firings firings = new Firings(PLAN, BEGIN);

    @Test
    void those_that_come_due_do_so_at_equal_distances() {
        assertThat(PLAN.due()).isEqualTo(4);
        assertThat(PLAN.dueAt(BEGIN, 3)).isEqualTo(BEGIN.plusMillis(1500));
    }

    @Test
    void each_is_late_by_what_has_passed_since_its_own_instant() {
        for (int number = 0; number < PLAN.due(); number++) {
            firings.fired(number, PLAN.dueAt(BEGIN, number).plusMillis(number));
        }
        assertThat(firings.areAll()).isTrue();
        assertThat(firings.late("it").at(1)).isBetween(2.9, 3.1);
        assertThat(counts()).isEqualTo("early 0, twice 0, missing 0");
    }

    @Test
    void early_twice_and_missing_are_counted() {
        firings.fired(0, BEGIN.minus(Duration.ofMillis(1)));
        firings.fired(1, BEGIN.plusSeconds(1));
        firings.fired(1, BEGIN.plusSeconds(1));
        firings.stray();
        assertThat(firings.areAll()).isFalse();
        assertThat(counts()).isEqualTo("early 1, twice 2, missing 2");
    }

    private String counts() {
        var rows = firings.rest("it", 1);
        return "early %s, twice %s, missing %s"
                .formatted(
                        rows.get(1).series().format(1),
                        rows.get(2).series().format(1),
                        rows.get(3).series().format(1));
    }
}
