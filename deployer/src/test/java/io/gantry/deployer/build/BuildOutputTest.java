package io.gantry.deployer.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildOutputTest {
    private final BuildOutput output = new BuildOutput();

    @Test
    void pieces_become_lines() {
        output.print("Step 1/2 : FR");
        output.print("OM base\nand");
        assertThat(output.read()).containsExactly("Step 1/2 : FROM base");
        output.end();
        assertThat(output.read()).containsExactly("and");
    }

    @Test
    void the_layer_of_each_step_is_known() {
        output.print("Step 1/3 : FROM base\n ---> aaaaaaaaaaaa\n");
        output.print("Step 2/3 : COPY a b\n ---> Using cache\n ---> bbbbbbbbbbbb\n");
        output.print("Step 3/3 : RUN x\n ---> Running in cccccccccccc\n");
        assertThat(output.step()).isEqualTo(3);
        assertThat(output.layerOf(2)).isEqualTo("bbbbbbbbbbbb");
        assertThat(output.layerOf(3)).isNull();
        assertThat(output.lastLayer()).isEqualTo("bbbbbbbbbbbb");
    }

    @Test
    void what_a_step_prints_is_no_step_that_could_not_be() {
        output.print("Step 99999999999/2 : made up\n");
        assertThat(output.read()).containsExactly("Step 99999999999/2 : made up");
        assertThat(output.step()).isZero();
    }

    @Test
    void colours_and_control_characters_are_left_out() {
        output.print("\u001b[31mred\u001b[0m\u0007 \ttab\r\n");
        assertThat(output.read()).containsExactly("red \ttab");
    }

    @Test
    void a_line_without_end_is_cut() {
        for (int i = 0; i < 1000; i++) {
            output.print("0123456789".repeat(10));
        }
        assertThat(output.read())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(2_100));
    }

    @Test
    void a_log_without_end_is_cut() {
        for (int i = 0; i < 30_000; i++) {
            output.print("line\n");
        }
        assertThat(output.read()).hasSize(20_000).last().asString().contains("the rest is left out");
    }
}
