package io.gantry.benchmarks.report;

import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Series;
import java.util.List;
import java.util.Locale;

/** A row of figures in words, the same for every kind of page. */
final class Cells {
    static final List<String> HEADINGS =
            List.of("", "median", "p95", "p99", "n", "Gantry is", "at p95", "asked of Gantry", "");

    private static final int ENOUGH_FOR_P95 = 5;
    private static final int ENOUGH_FOR_P99 = 100;

    private Cells() {}

    static List<String> of(Row row) {
        Series series = row.series();
        Bar bar = row.bar();
        return List.of(
                series.name(),
                series.format(0.5),
                series.count() < ENOUGH_FOR_P95 ? "" : series.format(0.95),
                series.count() < ENOUGH_FOR_P99 ? "" : series.format(0.99),
                Long.toString(series.count()),
                ratio(row, 0.5),
                series.count() < ENOUGH_FOR_P95 ? "" : ratio(row, 0.95),
                bar == null ? "" : bar.asked(),
                bar == null ? "" : bar.met() ? "met" : "MISSED");
    }

    private static String ratio(Row row, double quantile) {
        Series ours = row.ours();
        return ours == null ? "" : String.format(Locale.ROOT, "%.2fx", ours.ratioTo(row.series(), quantile));
    }
}
