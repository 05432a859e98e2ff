package io.gantry.benchmarks.fleet;

import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Unit;
import java.util.ArrayList;
import java.util.List;

/** {@code gantry up}, from nothing and when all is there. */
final class BringingUp implements Part {
    private static final double SECONDS_AIMED_AT = 3;

    @Override
    public String name() {
        return "gantry up";
    }

    @Override
    public List<Row> measure(Fleet fleet, Effort effort, Progress progress) throws Exception {
        Samples first = Samples.of("Gantry: up, from nothing", Unit.SECONDS, fleet.secondsUp());
        List<Double> seconds = new ArrayList<>();
        for (int round = 0; round < effort.of(5, 2); round++) {
            seconds.add(fleet.up());
        }
        Samples again = new Samples("Gantry: up, nothing to do", Unit.SECONDS, seconds);
        return List.of(Row.of(first), Row.of(again, Bar.atMost(SECONDS_AIMED_AT, again)));
    }
}
