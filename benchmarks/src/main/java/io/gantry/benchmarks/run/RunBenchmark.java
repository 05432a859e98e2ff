package io.gantry.benchmarks.run;

import com.github.dockerjava.api.DockerClient;
import io.gantry.benchmarks.engine.LocalEngine;
import io.gantry.benchmarks.engine.PlainContainers;
import io.gantry.benchmarks.engine.Recipe;
import io.gantry.benchmarks.engine.Since;
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
import io.gantry.benchmarks.platform.Deployment;
import io.gantry.benchmarks.platform.Gantry;
import io.gantry.benchmarks.platform.Stage;
import io.gantry.benchmarks.platform.Steps;
import io.gantry.benchmarks.platform.Zips;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What the platform adds to the engine's own work. */
public final class RunBenchmark implements Benchmark {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Shared<Gantry> shared;
    private final LocalEngine engine;
    private final InstantSource clock;

    public RunBenchmark(Shared<Gantry> shared, LocalEngine engine, InstantSource clock) {
        this.shared = shared;
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String question() {
        return "RUN of an image that is on the node, from the request to the engine's start event";
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        DockerClient docker = engine.docker();
        Stage stage = Stage.built(shared.get(progress).api(), App.named("run"), Zips.tiny());
        Recipe recipe = stage.recipe(docker);
        try (Starts starts = Starts.watch(docker, clock.instant());
                PlainContainers plain = PlainContainers.on(docker);
                Swarm swarm = Swarm.form(docker)) {
            var ours = new Ours(stage, starts);
            List<Samples> taken = new Turns()
                    .with("Gantry: POST to start event", Unit.MILLISECONDS, ours::measure)
                    .with("engine: create and start", Unit.MILLISECONDS, () -> plain(plain, recipe, starts))
                    .with("Swarm: POST to start event", Unit.MILLISECONDS, () -> swarm(swarm, recipe, starts))
                    .warmUp(effort.of(3, 1))
                    .take(effort.of(20, 3), progress);
            return figures(taken, ours);
        }
    }

    private static Figures figures(List<Samples> taken, Ours ours) {
        Samples gantry = taken.get(0);
        Samples plain = taken.get(1);
        Samples swarm = taken.get(2);
        return new Figures(
                List.of(
                        Row.of(gantry),
                        Row.peer(
                                plain,
                                gantry,
                                Bar.ratioAtMost(1.5, gantry, plain).aiming("1.15x")),
                        Row.peer(swarm, gantry, Bar.ratioAtMost(1, gantry, swarm)),
                        Row.of(new Samples("Gantry: POST to SUCCEEDED", Unit.MILLISECONDS, ours.toTheEnd))),
                List.of(ours.steps.sentence()));
    }

    private final class Ours {
        private final Stage stage;
        private final Starts starts;
        private final List<Double> toTheEnd = new ArrayList<>();
        private final Steps steps = new Steps();

        Ours(Stage stage, Starts starts) {
            this.stage = stage;
            this.starts = starts;
        }

        double measure() throws Exception {
            Since request = Since.now(clock);
            String token = stage.run();
            Deployment ended = stage.ended(token);
            toTheEnd.add(request.millisTo(clock.instant()));
            steps.add(ended);
            double millis = request.millisTo(starts.await(Stage.startFor(token), PATIENCE));
            stage.stop();
            return millis;
        }
    }

    private double plain(PlainContainers plain, Recipe recipe, Starts starts) throws Exception {
        Since request = Since.now(clock);
        String id = plain.createAndStart(recipe);
        double millis = request.millisTo(starts.await(start -> start.container().equals(id), PATIENCE));
        plain.remove(id);
        return millis;
    }

    private double swarm(Swarm swarm, Recipe recipe, Starts starts) throws Exception {
        String name = "bench-run-" + clock.millis();
        Since request = Since.now(clock);
        swarm.create(name, recipe);
        double millis = request.millisTo(starts.await(Swarm.startOf(name), PATIENCE));
        swarm.remove(name);
        return millis;
    }
}
