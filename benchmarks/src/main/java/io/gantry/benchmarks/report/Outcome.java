package io.gantry.benchmarks.report;

import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Row;
import java.util.Objects;

/** What became of one benchmark. */
public sealed interface Outcome {
    Benchmark benchmark();

    record Measured(Benchmark benchmark, Figures figures, double seconds) implements Outcome {
        public boolean everyBarMet() {
            return figures.rows().stream()
                    .map(Row::bar)
                    .filter(Objects::nonNull)
                    .allMatch(Bar::met);
        }
    }

    /** @param reason a sentence or more */
    record NotMeasured(Benchmark benchmark, String reason) implements Outcome {}
}
