package io.gantry.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.monitoring.unit.Verdict;
import io.gantry.monitoring.watch.MachineSigns.NodeWord;
import io.gantry.monitoring.watch.MachineSigns.Services;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineSignsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # silent for | node-manager | its services | cut off | verdict
            0            | READY        | ANSWER       | false   | UP
            0            | NONE         | SILENT       | false   | UP
            0            | UNREACHABLE  | ANSWER       | false   | SUSPECT
            0            | UNREACHABLE  | NONE         | false   | SUSPECT

            1.9          | UNREACHABLE  | SILENT       | false   | as it was
            2            | UNREACHABLE  | SILENT       | false   | SUSPECT
            3.9          | UNREACHABLE  | SILENT       | false   | SUSPECT
            4            | UNREACHABLE  | SILENT       | false   | DOWN
            4            | UNREACHABLE  | NONE         | false   | DOWN
            4            | NONE         | SILENT       | false   | DOWN

            60           | UNREACHABLE  | ANSWER       | false   | SUSPECT
            60           | READY        | SILENT       | false   | SUSPECT
            60           | READY        | NONE         | false   | SUSPECT
            60           | READY        | ANSWER       | false   | SUSPECT
            60           | NONE         | ANSWER       | false   | SUSPECT
            60           | NONE         | NONE         | false   | SUSPECT

            4            | UNREACHABLE  | SILENT       | true    | SUSPECT
            59           | NONE         | SILENT       | true    | SUSPECT
            60           | NONE         | SILENT       | true    | DOWN
            """)
    void it_is_down_only_if_monitoring_and_somebody_else_say_so(
            double seconds, NodeWord node, Services services, boolean cutOff, String verdict) {
        Duration silent = Duration.ofMillis((long) (seconds * 1000));
        assertThat(verdict(Optional.of(silent), node, services, cutOff)
                        .map(found -> found.state().name())
                        .orElse("as it was"))
                .isEqualTo(verdict);
    }

    @Test
    void before_it_was_asked_nothing_is_concluded() {
        assertThat(verdict(Optional.empty(), NodeWord.UNREACHABLE, Services.SILENT, false))
                .isEmpty();
    }

    @Test
    void the_verdict_names_what_speaks_against_it() {
        assertThat(verdict(Optional.of(Duration.ofSeconds(5)), NodeWord.UNREACHABLE, Services.NONE, false))
                .contains(Verdict.down(
                        "it has not answered over SSH for 5 s, and the node-manager does not reach it either"));
        assertThat(verdict(Optional.of(Duration.ofSeconds(9)), NodeWord.READY, Services.NONE, false))
                .contains(Verdict.suspect("it has not answered over SSH for 9 s, but the node-manager reaches it"));
    }

    private static Optional<Verdict> verdict(
            Optional<Duration> silent, NodeWord node, Services services, boolean cutOff) {
        return new MachineSigns(silent, node, services, cutOff).verdict(Settings.DEFAULT);
    }
}
