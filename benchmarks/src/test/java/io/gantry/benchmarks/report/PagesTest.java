package io.gantry.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
    private static final Samples OURS = Samples.of("Gantry: walk", Unit.MILLISECONDS, 300, 310, 320, 330, 340);
    private static final Samples PEER = Samples.of("dog: walk", Unit.MILLISECONDS, 100, 150, 200, 250, 1000);
    private static final Machine QUIET = new Machine(Map.of("cores", "2"), 0.1);
    private static final Machine BUSY = new Machine(Map.of("cores", "2"), 4);
    private static final List<Outcome> OUTCOMES = List.of(
            new Outcome.Measured(
                    new Named("walk", "Once round the block"),
                    new Figures(
                            List.of(Row.of(OURS), Row.peer(PEER, OURS, Bar.ratioAtMost(1, OURS, PEER))),
                            List.of("It rained.")),
                    3),
            new Outcome.NotMeasured(new Named("swim", "Across the lake"), "There is no lake."));

    @TempDir
    Path folder;

    @Test
    void a_terminal_gets_aligned_columns_with_the_losses() {
        assertThat(Table.of(QUIET, OUTCOMES)).isEqualTo("""
                cores     2

                                median       p95  p99  n  Gantry is  at p95  asked of Gantry

                walk: Once round the block
                  Gantry: walk  320 ms    340 ms       5
                    dog: walk   200 ms  1,000 ms       5      1.60x   0.34x  at most 1.00x    MISSED
                  (It rained.)

                swim: Across the lake
                  NOT MEASURED: There is no lake.
                """);
    }

    @Test
    void a_busy_machine_is_said() {
        assertThat(Table.of(BUSY, OUTCOMES)).contains("do not quote these figures");
        assertThat(Page.section(BUSY, OUTCOMES.getFirst())).contains("do not quote these figures");
    }

    @Test
    void a_page_keeps_what_people_wrote_around_the_figures() throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), """
                Before.
                <!-- figures: written by the benchmarks, do not edit -->
                Old figures.
                <!-- end of figures -->
                After.
                """);
        Page.write(page, QUIET, OUTCOMES);
        assertThat(page).hasContent("""
                Before.
                <!-- figures: written by the benchmarks, do not edit -->

                ### walk

                Once round the block.

                <sub>cores 2.</sub>

                |  | median | p95 | p99 | n | Gantry is | at p95 | asked of Gantry |  |
                |---|--:|--:|--:|--:|--:|--:|---|---|
                | Gantry: walk | 320 ms | 340 ms |  | 5 |  |  |  |  |
                | dog: walk | 200 ms | 1,000 ms |  | 5 | 1.60x | 0.34x | at most 1.00x | MISSED |

                It rained.

                ### swim

                Across the lake.

                <sub>cores 2.</sub>

                Not measured: There is no lake.

                <!-- end of figures -->
                After.
                """);
    }

    @Test
    void a_run_of_some_keeps_the_figures_of_the_others() throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), """
                <!-- figures: written by the benchmarks, do not edit -->

                ### swim

                Across the pond, when there was one.

                ### walk

                Once.

                ### ride

                To town.

                <!-- end of figures -->
                """);
        Page.write(page, QUIET, OUTCOMES);
        assertThat(page)
                .content()
                .contains("Across the pond, when there was one.", "Once round the block.", "To town.")
                .doesNotContain("Once.\n", "There is no lake.")
                .containsSubsequence("### swim", "### walk", "### ride", "<!-- end of figures -->");
    }

    @Test
    void a_page_without_a_place_for_figures_is_left_alone() throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), "All ours.\n");
        assertThatThrownBy(() -> Page.write(page, QUIET, OUTCOMES)).hasMessageContaining("has no place for figures");
        assertThat(page).hasContent("All ours.\n");
    }

    @Test
    void every_sample_is_kept() throws IOException {
        RawSamples.write(folder, (Outcome.Measured) OUTCOMES.getFirst());
        assertThat(folder.resolve("walk.csv")).hasContent("""
                series,unit,number,value
                "Gantry: walk",ms,1,300.000000
                "Gantry: walk",ms,2,310.000000
                "Gantry: walk",ms,3,320.000000
                "Gantry: walk",ms,4,330.000000
                "Gantry: walk",ms,5,340.000000
                "dog: walk",ms,1,100.000000
                "dog: walk",ms,2,150.000000
                "dog: walk",ms,3,200.000000
                "dog: walk",ms,4,250.000000
                "dog: walk",ms,5,1000.000000
                """);
    }

    private record Named(String name, String question) implements Benchmark {
        @Override
        public Figures measure(Effort effort, Progress progress) {
            throw new UnsupportedOperationException();
        }
    }
}
