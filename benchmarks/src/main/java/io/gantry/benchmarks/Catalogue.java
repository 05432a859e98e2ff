package io.gantry.benchmarks;

import io.gantry.benchmarks.build.BuildBenchmark;
import io.gantry.benchmarks.burst.BurstBenchmark;
import io.gantry.benchmarks.demo.DemoBenchmark;
import io.gantry.benchmarks.engine.LocalEngine;
import io.gantry.benchmarks.fleet.Fleet;
import io.gantry.benchmarks.fleet.FleetBenchmark;
import io.gantry.benchmarks.fleet.StallBenchmark;
import io.gantry.benchmarks.hop.HopBenchmark;
import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Shared;
import io.gantry.benchmarks.pipeline.PipelineBenchmark;
import io.gantry.benchmarks.placement.PlacementBenchmark;
import io.gantry.benchmarks.platform.Gantry;
import io.gantry.benchmarks.recovery.RecoveryBenchmark;
import io.gantry.benchmarks.run.RunBenchmark;
import io.gantry.benchmarks.scale.ScaleBenchmark;
import io.gantry.benchmarks.ssh.SshBenchmark;
import io.gantry.benchmarks.start.StartBenchmark;
import io.gantry.benchmarks.timers.TimersBenchmark;
import io.gantry.benchmarks.upload.UploadBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** Every benchmark there is, in the order they are run; and what they share. */
final class Catalogue implements AutoCloseable {
    private final LocalEngine engine = new LocalEngine();
    private final Shared<Gantry> gantry;
    private final Shared<Fleet> fleet;
    private final List<Benchmark> benchmarks;

    /** @param stalls how long machines are made to stall */
    Catalogue(Path out, Duration stalls, InstantSource clock) {
        gantry = new Shared<>(progress -> Gantry.start(engine.docker(), out, progress));
        fleet = new Shared<>(progress -> Fleet.up(engine.docker(), out, progress));
        benchmarks = List.of(
                new SshBenchmark(engine),
                new PlacementBenchmark(),
                new HopBenchmark(),
                new PipelineBenchmark(),
                new TimersBenchmark(clock),
                new UploadBenchmark(engine),
                new StartBenchmark(),
                new RunBenchmark(gantry, engine, clock),
                new BuildBenchmark(gantry, clock),
                new ScaleBenchmark(gantry, engine, clock),
                new BurstBenchmark(gantry, engine, clock),
                new RecoveryBenchmark(gantry, engine, clock),
                new FleetBenchmark(fleet, gantry),
                new StallBenchmark(fleet, gantry, stalls),
                new DemoBenchmark(gantry));
    }

    LocalEngine engine() {
        return engine;
    }

    /** @return all of them, if none is named */
    List<Benchmark> named(List<String> names) {
        return names.isEmpty() ? benchmarks : names.stream().map(this::named).toList();
    }

    private Benchmark named(String name) {
        return benchmarks.stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No benchmark is named %s; there are: %s"
                        .formatted(
                                name, benchmarks.stream().map(Benchmark::name).collect(Collectors.joining(", ")))));
    }

    @Override
    public void close() throws IOException {
        fleet.close();
        gantry.close();
        engine.close();
    }
}
