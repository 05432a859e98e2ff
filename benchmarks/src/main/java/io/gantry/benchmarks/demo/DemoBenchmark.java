package io.gantry.benchmarks.demo;

import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Shared;
import io.gantry.benchmarks.measure.Stopwatch;
import io.gantry.benchmarks.measure.Unit;
import io.gantry.benchmarks.platform.Gantry;
import io.gantry.benchmarks.processes.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long somebody waits who tries Gantry once more. */
public final class DemoBenchmark implements Benchmark {
    private static final double SECONDS_AIMED_AT = 30;

    private final Shared<Gantry> shared;

    public DemoBenchmark(Shared<Gantry> shared) {
        this.shared = shared;
    }

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String question() {
        return "./gantry demo again, from the command to its end";
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        shared.close();
        progress.say("once, unmeasured: whatever must be built or installed is");
        demo();
        List<Double> seconds = new ArrayList<>();
        for (int round = 1; round <= effort.of(5, 1); round++) {
            progress.say("round " + round);
            seconds.add(demo());
        }
        Samples demo = new Samples("Gantry: demo", Unit.SECONDS, seconds);
        return new Figures(List.of(Row.of(demo, Bar.atMost(SECONDS_AIMED_AT, demo))), List.of());
    }

    private static double demo() throws IOException, InterruptedException {
        Stopwatch watch = Stopwatch.start();
        Command.run(Map.of(), List.of(Path.of("gantry").toAbsolutePath().toString(), "demo"));
        return watch.seconds();
    }
}
