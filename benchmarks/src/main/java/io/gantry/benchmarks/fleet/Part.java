package io.gantry.benchmarks.fleet;

import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import java.util.List;

/** One of the questions that are asked of a fleet. Afterwards it is as it was. */
interface Part {
    String name();

    List<Row> measure(Fleet fleet, Effort effort, Progress progress) throws Exception;
}
