package io.gantry.benchmarks.measure;

import java.util.Arrays;
import java.util.List;

/** Every single value of a series, in the order measured. */
public record Samples(String name, Unit unit, List<Double> values) implements Series {
    /** @throws IllegalArgumentException if nothing was measured */
    public Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("No sample of " + name);
        }
    }

    public static Samples of(String name, Unit unit, double... values) {
        return new Samples(name, unit, Arrays.stream(values).boxed().toList());
    }

    @Override
    public long count() {
        return values.size();
    }

    /** The smallest value that this share of the samples does not exceed. */
    @Override
    public double at(double quantile) {
        int rank = (int) Math.ceil(quantile * values.size());
        return values.stream().sorted().skip(Math.max(0, rank - 1)).findFirst().orElseThrow();
    }
}
