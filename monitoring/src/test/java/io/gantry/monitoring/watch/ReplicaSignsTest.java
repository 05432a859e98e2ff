package io.gantry.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.monitoring.unit.Verdict;
import io.gantry.monitoring.watch.ReplicaSigns.MachineSight;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaSignsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # service | silent for | its container    | its machine | verdict
            scheduler | 0          | not known        | ANSWERS     | UP
            scheduler | 0          | gone             | LOST        | UP

            scheduler | 1.9        | ended            | ANSWERS     | as it was
            scheduler | 4.9        | ended            | ANSWERS     | SUSPECT
            scheduler | 5          | ended            | ANSWERS     | DOWN
            scheduler | 5          | gone             | ANSWERS     | DOWN

            scheduler | 9.9        | runs for 600     | ANSWERS     | SUSPECT
            scheduler | 10         | runs for 600     | ANSWERS     | DOWN
            scheduler | 10         | runs for 59      | ANSWERS     | SUSPECT
            scheduler | 60         | runs for 60      | ANSWERS     | DOWN
            kafka     | 19         | runs for 600     | ANSWERS     | SUSPECT
            kafka     | 20         | runs for 600     | ANSWERS     | DOWN
            kafka     | 60         | runs for 60      | ANSWERS     | SUSPECT

            scheduler | 59         | engine is silent | ANSWERS     | SUSPECT
            scheduler | 60         | engine is silent | ANSWERS     | DOWN
            scheduler | 600        | not known        | ANSWERS     | SUSPECT

            scheduler | 600        | ended            | SILENT      | SUSPECT
            scheduler | 600        | ended            | BOOTS       | SUSPECT
            scheduler | 600        | engine is silent | BOOTS       | SUSPECT
            scheduler | 600        | engine is silent | SILENT      | SUSPECT
            scheduler | 600        | engine is silent | LOST        | UNKNOWN
            scheduler | 1          | not known        | LOST        | UNKNOWN
            """)
    void it_is_down_only_if_it_is_silent_and_its_engine_does_not_excuse_it(
            String service, double seconds, String container, MachineSight machine, String verdict) {
        Duration silent = Duration.ofMillis((long) (seconds * 1000));
        var signs = new ReplicaSigns(service, Optional.of(silent), "connection refused", Word.of(container), machine);
        assertThat(signs.verdict(Settings.DEFAULT)
                        .map(found -> found.state().name())
                        .orElse("as it was"))
                .isEqualTo(verdict);
    }

    @Test
    void before_it_was_asked_nothing_is_concluded() {
        var signs = new ReplicaSigns("kafka", Optional.empty(), "", new ContainerWord.Absent(), MachineSight.ANSWERS);
        assertThat(signs.verdict(Settings.DEFAULT)).isEmpty();
    }

    @Test
    void the_verdict_names_what_speaks_against_it() {
        var signs = new ReplicaSigns(
                "scheduler",
                Optional.of(Duration.ofSeconds(7)),
                "connection refused",
                new ContainerWord.Ended("exit code 137"),
                MachineSight.ANSWERS);
        assertThat(signs.verdict(Settings.DEFAULT))
                .contains(Verdict.down(
                        "it has not answered for 7 s (connection refused), and its container ended: exit code 137"));
    }
}
