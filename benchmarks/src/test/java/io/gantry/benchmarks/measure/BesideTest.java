package io.gantry.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BesideTest {
    @Test
    void what_was_seen_while_warming_up_does_not_count() {
        Beside beside = new Beside();
        for (double value : new double[] {9, 8, 1, 2}) {
            beside.add(value);
        }
        assertThat(beside.last(2, "walk", Unit.SECONDS).values()).containsExactly(1.0, 2.0);
    }
}
