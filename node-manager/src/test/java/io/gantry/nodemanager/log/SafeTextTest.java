package io.gantry.nodemanager.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {
    @Test
    void plain_text_stays_as_it_is() {
        assertThat(SafeText.of("  GET /ü 200\t3 ms <b>→</b>  ")).isEqualTo("  GET /ü 200\t3 ms <b>→</b>  ");
    }

    @ParameterizedTest
    @CsvSource({"'done\n'", "'done\r\n'", "'done'"})
    void the_line_end_is_left_out(String line) {
        assertThat(SafeText.of(line)).isEqualTo("done");
    }

    @Test
    void colours_and_cursor_movements_are_taken_out() {
        assertThat(SafeText.of("\u001b[1;31mred\u001b[0m \u001b[2Kgone\u001b]0;title\u0007 \u001b(Bx"))
                .isEqualTo("red gone x");
    }

    @Test
    void other_control_characters_are_shown_as_unknown() {
        assertThat(SafeText.of("a\bb\rc\u0000d\u0085e\u009b31m\u2028f\u202eg\u2066h\u007f"))
                .isEqualTo("a�b�c�d�e�31m�f�g�h�");
    }

    @Test
    void a_very_long_line_is_cut_and_says_so() {
        assertThat(SafeText.of("x".repeat(10 << 20)))
                .hasSize(SafeText.LONGEST + " ... (cut)".length())
                .endsWith("x ... (cut)");
    }

    @Test
    void no_character_is_cut_in_two() {
        assertThat(SafeText.of("x".repeat(SafeText.LONGEST - 1) + "😀😀")).endsWith("x ... (cut)");
    }
}
