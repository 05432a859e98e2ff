package io.gantry.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarTest {
    private static final Samples FIFTEEN = Samples.of("ours", Unit.MILLISECONDS, 14, 15, 30);
    private static final Samples TEN = Samples.of("peer", Unit.MILLISECONDS, 9, 10, 29.5);

    @Test
    void ratios_are_judged_by_the_median() {
        assertThat(Bar.ratioAtMost(1.5, FIFTEEN, TEN)).isEqualTo(new Bar("at most 1.50x", true));
        assertThat(Bar.ratioAtMost(1.4, FIFTEEN, TEN)).isEqualTo(new Bar("at most 1.40x", false));
        assertThat(Bar.ratioAtLeast(1.5, FIFTEEN, TEN)).isEqualTo(new Bar("at least 1.50x", true));
        assertThat(Bar.ratioAtLeast(1.6, FIFTEEN, TEN)).isEqualTo(new Bar("at least 1.60x", false));
    }

    @Test
    void values_are_judged_by_the_median() {
        assertThat(Bar.atMost(15, FIFTEEN).met()).isTrue();
        assertThat(Bar.atMost(14, FIFTEEN).met()).isFalse();
        assertThat(Bar.atLeast(15, FIFTEEN).met()).isTrue();
        assertThat(Bar.atLeast(16, FIFTEEN).met()).isFalse();
    }

    @Test
    void what_must_always_hold_may_not_fail_once() {
        assertThat(Bar.always(50, Samples.of("all", Unit.COUNT, 50, 50)).met()).isTrue();
        assertThat(Bar.always(50, Samples.of("one short", Unit.COUNT, 50, 49, 50))
                        .met())
                .isFalse();
        assertThat(Bar.always(50, Samples.of("one twice", Unit.COUNT, 50, 50, 51))
                        .met())
                .isFalse();
    }

    @Test
    void a_limit_may_be_judged_at_p99() {
        assertThat(Bar.p99AtMost(30, FIFTEEN)).isEqualTo(new Bar("p99 at most 30.0 ms", true));
        assertThat(Bar.p99AtMost(29, FIFTEEN).met()).isFalse();
    }

    @Test
    void a_difference_is_judged_at_p99() {
        assertThat(Bar.p99AtMostAbove(1, FIFTEEN, TEN)).isEqualTo(new Bar("p99 at most 1.00 ms above", true));
        assertThat(Bar.p99AtMostAbove(0.4, FIFTEEN, TEN).met()).isFalse();
    }

    @Test
    void an_aim_is_said_beside_the_bar_and_does_not_raise_it() {
        assertThat(Bar.ratioAtMost(1.5, FIFTEEN, TEN).aiming("1.15x"))
                .isEqualTo(new Bar("at most 1.50x (aim 1.15x)", true));
    }
}
