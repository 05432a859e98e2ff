package io.gantry.benchmarks.recovery;

import com.github.dockerjava.api.DockerClient;
import io.gantry.benchmarks.engine.LocalEngine;
import io.gantry.benchmarks.engine.PlainContainers;
import io.gantry.benchmarks.engine.Recipe;
import io.gantry.benchmarks.engine.Starts;
import io.gantry.benchmarks.engine.Swarm;
import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Shared;
import io.gantry.benchmarks.measure.Turns;
import io.gantry.benchmarks.measure.Unit;
import io.gantry.benchmarks.platform.App;
import io.gantry.benchmarks.platform.Gantry;
import io.gantry.benchmarks.platform.Stage;
import io.gantry.benchmarks.platform.Zips;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** How soon an app answers again whose container was killed. */
public final class RecoveryBenchmark implements Benchmark {
    private static final double MILLIS_AIMED_AT = 300;
    private static final String CPUS = "0.5";

    private final Shared<Gantry> shared;
    private final LocalEngine engine;
    private final InstantSource clock;

    public RecoveryBenchmark(Shared<Gantry> shared, LocalEngine engine, InstantSource clock) {
        this.shared = shared;
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public String question() {
        return "An app's container killed (SIGKILL) to its first answer again";
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        DockerClient docker = engine.docker();
        Stage stage = Stage.built(shared.get(progress).api(), App.named("recovery"), Zips.tiny(CPUS));
        Recipe recipe = stage.recipe(docker);
        try (Starts starts = Starts.watch(docker, clock.instant());
                PlainContainers plain = PlainContainers.on(docker);
                Swarm swarm = Swarm.form(docker)) {
            var sides = new Sides(
                    new Revived(stage, docker, new Killing(docker, starts, clock)),
                    Replaced.in(swarm, "bench-recovery-default", recipe, null, new Killing(docker, starts, clock)),
                    Replaced.in(swarm, "bench-recovery-0", recipe, Duration.ZERO, new Killing(docker, starts, clock)),
                    StartedAgain.on(plain, recipe, new Killing(docker, starts, clock)));
            List<Samples> answered = new Turns()
                    .with("Gantry: killed to answering", Unit.MILLISECONDS, sides.gantry()::measure)
                    .with("Swarm, as it comes: killed to answering", Unit.MILLISECONDS, sides.swarm()::measure)
                    .with("Swarm, delay 0: killed to answering", Unit.MILLISECONDS, sides.swarmAtOnce()::measure)
                    .with(
                            "engine, started again at once: killed to answering",
                            Unit.MILLISECONDS,
                            sides.engine()::measure)
                    .warmUp(effort.of(2, 1))
                    .take(effort.of(15, 2), progress);
            return sides.figures(answered);
        }
    }

    private record Sides(Revived gantry, Replaced swarm, Replaced swarmAtOnce, StartedAgain engine) {
        Figures figures(List<Samples> answered) {
            Samples ours = answered.getFirst();
            long rounds = ours.count();
            Samples started = gantry.killing().toStart("Gantry: killed to start event", rounds);
            return new Figures(
                    List.of(
                            Row.of(ours, Bar.atMost(MILLIS_AIMED_AT, ours)),
                            Row.peer(answered.get(1), ours),
                            Row.peer(answered.get(2), ours, Bar.ratioAtMost(1, ours, answered.get(2))),
                            Row.peer(answered.get(3), ours),
                            Row.of(started),
                            Row.peer(
                                    swarm.killing().toStart("Swarm, as it comes: killed to start event", rounds),
                                    started),
                            Row.peer(
                                    swarmAtOnce.killing().toStart("Swarm, delay 0: killed to start event", rounds),
                                    started),
                            Row.peer(
                                    engine.killing()
                                            .toStart("engine, started again at once: killed to start event", rounds),
                                    started)),
                    List.of(
                            "Engine, started again at once: two calls to it, kill and start. What no platform on top of it can beat.",
                            gantry.sentence()));
        }
    }
}
