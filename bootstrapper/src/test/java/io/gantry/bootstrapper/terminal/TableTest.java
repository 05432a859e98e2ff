package io.gantry.bootstrapper.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columns_are_as_wide_as_their_widest_cell() {
        var table = new Table("APP", "VERSION").row("a-long-name", 1).row("b", null);

        assertThat(table.lines())
                .containsExactly(
                        "APP           VERSION", //
                        "a-long-name   1",
                        "b             -");
    }
}
