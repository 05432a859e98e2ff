package io.gantry.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/** What is seen beside a measured value, each time. */
public final class Beside {
    private final List<Double> values = new ArrayList<>();

    public void add(double value) {
        values.add(value);
    }

    /** @param count of the last ones; those before were seen while warming up */
    public Samples last(long count, String name, Unit unit) {
        int all = values.size();
        return new Samples(name, unit, values.subList(Math.toIntExact(all - count), all));
    }
}
