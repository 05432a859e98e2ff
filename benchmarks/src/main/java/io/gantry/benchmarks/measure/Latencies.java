package io.gantry.benchmarks.measure;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Many waiting times, kept as a histogram of nanoseconds. */
public record Latencies(String name, Histogram nanos) implements Series {
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(5);
    private static final double NANOS_PER_MILLI = 1e6;

    /** An empty histogram to record nanoseconds in, three digits exact, up to five minutes; for one thread. */
    public static Histogram recorder() {
        return new Histogram(LONGEST, 3);
    }

    @Override
    public Unit unit() {
        return Unit.MILLISECONDS;
    }

    @Override
    public long count() {
        return nanos.getTotalCount();
    }

    @Override
    public double at(double quantile) {
        return nanos.getValueAtPercentile(quantile * 100) / NANOS_PER_MILLI;
    }
}
