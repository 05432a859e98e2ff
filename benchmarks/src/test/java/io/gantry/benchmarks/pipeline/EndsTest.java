package io.gantry.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;

class EndsTest {
    private static final long SECOND = 1_000_000_000;

    private final Ends ends = new Ends();

    @Test
    void time_counts_from_when_a_request_was_due_whichever_is_known_first() {
        ends.accepted("a", SECOND);
        ends.over("a", "SUCCEEDED", 3 * SECOND);
        ends.over("b", "SUCCEEDED", 3 * SECOND);
        ends.accepted("b", SECOND);
        assertThat(ends.nanos().getTotalCount()).isEqualTo(2);
        assertThat(ends.nanos().getMinValue()).isCloseTo(2 * SECOND, withPercentage(1));
        assertThat(ends.eachSecond()).containsEntry(3L, 2);
        assertThat(ends.areAll(2)).isTrue();
    }

    @Test
    void what_is_over_twice_counts_once_and_is_told() {
        ends.accepted("a", SECOND);
        ends.over("a", "SUCCEEDED", 2 * SECOND);
        ends.over("a", "SUCCEEDED", 3 * SECOND);
        assertThat(ends.nanos().getTotalCount()).isEqualTo(1);
        assertThat(ends.twice()).isEqualTo(1);
    }

    @Test
    void what_was_refused_is_not_waited_for_and_what_failed_is_no_success() {
        ends.refused();
        ends.accepted("a", SECOND);
        ends.over("a", "FAILED", 2 * SECOND);
        assertThat(ends.areAll(2)).isTrue();
        assertThat(ends.bad()).isEqualTo(2);
    }
}
