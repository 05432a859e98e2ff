package io.gantry.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.manifest.Health;
import io.gantry.contract.manifest.TimeSpan;
import io.gantry.monitoring.unit.Verdict;
import io.gantry.monitoring.watch.InstanceSigns.Others;
import io.gantry.monitoring.watch.MachineSigns.NodeWord;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceSignsTest {
    private static final Health HEALTH =
            new Health("/healthz", TimeSpan.seconds(1), TimeSpan.seconds(2), TimeSpan.seconds(30), 2, 3);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # for | bad | its last answer | its container    | its node    | others | verdict
            1.9   | 2   | HTTP 503        | runs for 600     | READY       | SPEAK  | as it was
            2.9   | 3   | HTTP 503        | runs for 600     | READY       | SPEAK  | SUSPECT
            3     | 2   | HTTP 503        | runs for 600     | READY       | SPEAK  | SUSPECT
            3     | 3   | HTTP 503        | runs for 600     | READY       | SPEAK  | DOWN
            3     | 3   | HTTP 503        | runs for 600     | READY       | NONE   | DOWN
            3     | 3   | HTTP 503        | runs for 600     | READY       | SILENT | DOWN

            3     | 3   | none            | runs for 600     | READY       | SPEAK  | DOWN
            3     | 3   | none            | runs for 600     | READY       | NONE   | DOWN
            59    | 30  | none            | runs for 600     | READY       | SILENT | SUSPECT
            60    | 30  | none            | runs for 600     | READY       | SILENT | DOWN

            600   | 99  | HTTP 503        | runs for 29      | READY       | SPEAK  | as it was
            600   | 99  | HTTP 503        | runs for 30      | READY       | SPEAK  | DOWN

            600   | 99  | none            | runs for 600     | UNREACHABLE | SPEAK  | SUSPECT
            600   | 99  | none            | runs for 600     | NONE        | SPEAK  | SUSPECT
            600   | 99  | none            | ended            | READY       | SPEAK  | SUSPECT
            600   | 99  | none            | gone             | READY       | SPEAK  | SUSPECT

            600   | 99  | none            | engine is silent | READY       | NONE   | SUSPECT
            600   | 99  | none            | engine is silent | READY       | SILENT | SUSPECT
            29    | 20  | none            | engine is silent | READY       | SPEAK  | as it was
            30    | 20  | none            | engine is silent | READY       | SPEAK  | DOWN
            29    | 20  | HTTP 503        | engine is silent | READY       | NONE   | as it was
            30    | 20  | HTTP 503        | engine is silent | READY       | NONE   | DOWN
            30    | 20  | HTTP 503        | not known        | READY       | SILENT | DOWN
            600   | 99  | HTTP 503        | engine is silent | UNREACHABLE | SPEAK  | SUSPECT
            """)
    void it_is_down_only_if_it_gives_bad_answers_and_its_engine_says_that_it_runs_all_the_same(
            double seconds, int bad, String answer, String container, NodeWord node, Others others, String verdict) {
        var seen = seen(0, bad, !answer.equals("none"), Word.of(container));
        assertThat(found(new InstanceSigns(HEALTH, false, true, seen, length(seconds), node, others)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # hung | reached  | good | bad | verdict
            false  | true     | 1    | 0   | UP
            false  | false    | 1    | 0   | UP
            true   | true     | 1    | 0   | as it was
            true   | true     | 2    | 0   | UP
            true   | true     | 0    | 99  | as it was
            false  | false    | 0    | 99  | as it was
            """)
    void one_that_is_hung_is_so_until_it_is_healthy_again_and_of_one_that_was_never_reached_nothing_is_concluded(
            boolean hung, boolean reached, int good, int bad, String verdict) {
        var seen = seen(good, bad, true, new ContainerWord.Runs(Duration.ofHours(1)));
        assertThat(found(new InstanceSigns(
                        HEALTH, hung, reached, seen, length(bad == 0 ? 0 : 600), NodeWord.READY, Others.SPEAK)))
                .isEqualTo(verdict);
    }

    @Test
    void before_it_was_asked_nothing_is_concluded() {
        assertThat(found(new InstanceSigns(
                        HEALTH, false, true, InstanceSighting.NONE, Optional.empty(), NodeWord.READY, Others.SILENT)))
                .isEqualTo("as it was");
    }

    @Test
    void the_verdict_names_the_last_answer() {
        var seen = seen(0, 3, true, new ContainerWord.Runs(Duration.ofHours(1)));
        assertThat(new InstanceSigns(HEALTH, false, true, seen, length(4), NodeWord.READY, Others.SPEAK)
                        .verdict(Settings.DEFAULT, Settings.INSTANCES))
                .contains(Verdict.down("it does not answer: HTTP 503, for 4 s, though its container runs"));
    }

    private static String found(InstanceSigns signs) {
        return signs.verdict(Settings.DEFAULT, Settings.INSTANCES)
                .map(verdict -> verdict.state().name())
                .orElse("as it was");
    }

    private static Optional<Duration> length(double seconds) {
        return Optional.of(Duration.ofMillis((long) (seconds * 1000)));
    }

    private static InstanceSighting seen(int good, int bad, boolean spoke, ContainerWord container) {
        return new InstanceSighting(
                new Silence(true, Duration.ZERO, "HTTP 503", null), good, bad, spoke, true, container);
    }
}
