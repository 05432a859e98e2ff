package io.gantry.benchmarks.report;

import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Everything that was measured, for whoever wants to reckon anew: one CSV file a benchmark. */
public final class RawSamples {
    private static final String HEADING = "series,unit,number,value";
    private static final double NANOS_PER_MILLI = 1e6;

    private RawSamples() {}

    /** A series kept as a histogram has one line for each value that occurred; its number says how often. */
    public static void write(Path folder, Outcome.Measured outcome) throws IOException {
        Stream<String> lines = outcome.figures().rows().stream().flatMap(row -> lines(row.series()));
        Files.write(
                folder.resolve(outcome.benchmark().name() + ".csv"),
                Stream.concat(Stream.of(HEADING), lines).toList());
    }

    private static Stream<String> lines(Series series) {
        return switch (series) {
            case Samples samples -> ofSamples(samples);
            case Latencies latencies -> ofLatencies(latencies);
        };
    }

    private static Stream<String> ofSamples(Samples samples) {
        List<Double> values = samples.values();
        return IntStream.range(0, values.size()).mapToObj(i -> line(samples, i + 1, values.get(i)));
    }

    private static Stream<String> ofLatencies(Latencies latencies) {
        return StreamSupport.stream(latencies.nanos().recordedValues().spliterator(), false)
                .map(value -> line(
                        latencies, value.getCountAtValueIteratedTo(), value.getValueIteratedTo() / NANOS_PER_MILLI));
    }

    private static String line(Series series, long number, double value) {
        return String.format(
                Locale.ROOT, "\"%s\",%s,%d,%.6f", series.name(), series.unit().symbol(), number, value);
    }
}
