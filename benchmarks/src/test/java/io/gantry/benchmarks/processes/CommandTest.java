package io.gantry.benchmarks.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void a_program_reads_what_it_is_fed() throws IOException, InterruptedException {
        assertThat(Command.fed("one\ntwo", List.of("cat"))).isEqualTo("one\ntwo");
    }

    @Test
    void one_that_is_fed_nothing_reads_nothing() throws IOException, InterruptedException {
        assertThat(Command.run("cat")).isEmpty();
    }

    @Test
    void failure_tells_what_was_printed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Command.run("ls", "/no/such/folder"))
                .withMessageContaining("No such file");
    }
}
