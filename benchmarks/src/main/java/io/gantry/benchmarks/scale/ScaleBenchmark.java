package io.gantry.benchmarks.scale;

import com.github.dockerjava.api.DockerClient;
import io.gantry.benchmarks.engine.Clients;
import io.gantry.benchmarks.engine.LocalEngine;
import io.gantry.benchmarks.engine.PlainContainers;
import io.gantry.benchmarks.engine.Recipe;
import io.gantry.benchmarks.engine.Since;
import io.gantry.benchmarks.engine.Start;
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
import java.util.function.Predicate;

/** From one instance to ten. */
public final class ScaleBenchmark implements Benchmark {
    private static final int REPLICAS = 10;
    private static final int MORE = REPLICAS - 1;
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Shared<Gantry> shared;
    private final LocalEngine engine;
    private final InstantSource clock;

    public ScaleBenchmark(Shared<Gantry> shared, LocalEngine engine, InstantSource clock) {
        this.shared = shared;
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public String question() {
        return "One instance to ten, from the request to the ninth start event";
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        DockerClient docker = engine.docker();
        Stage stage = Stage.built(shared.get(progress).api(), App.named("scale"), Zips.tiny());
        Recipe recipe = stage.recipe(docker);
        try (Starts starts = Starts.watch(docker, clock.instant());
                PlainContainers plain = PlainContainers.on(docker);
                Swarm swarm = Swarm.form(docker)) {
            List<Samples> taken = new Turns()
                    .with("Gantry: scale 1 to 10", Unit.MILLISECONDS, () -> ours(stage, starts))
                    .with("Swarm: scale 1 to 10", Unit.MILLISECONDS, () -> swarm(swarm, recipe, starts))
                    .with("engine: 9 starts, 8 clients", Unit.MILLISECONDS, () -> plain(plain, recipe, starts))
                    .take(effort.of(8, 1), progress);
            return figures(taken.get(0), taken.get(1), taken.get(2));
        }
    }

    private static Figures figures(Samples gantry, Samples swarm, Samples plain) {
        return new Figures(
                List.of(
                        Row.of(gantry),
                        Row.peer(swarm, gantry, Bar.ratioAtMost(1, gantry, swarm)),
                        Row.peer(plain, gantry, Bar.ratioAtMost(1.15, gantry, plain))),
                List.of());
    }

    private double ours(Stage stage, Starts starts) throws Exception {
        stage.ended(stage.run());
        double millis = timed(starts, stage.start(), () -> stage.api().scale(stage.app(), REPLICAS));
        stage.stop();
        return millis;
    }

    private double swarm(Swarm swarm, Recipe recipe, Starts starts) throws Exception {
        String name = "bench-scale-" + clock.millis();
        swarm.create(name, recipe);
        starts.await(Swarm.startOf(name), PATIENCE);
        double millis = timed(starts, Swarm.startOf(name), () -> swarm.scale(name, recipe, REPLICAS));
        swarm.remove(name);
        return millis;
    }

    private double plain(PlainContainers plain, Recipe recipe, Starts starts) throws Exception {
        double millis = timed(
                starts,
                PlainContainers.anyStart(),
                () -> Clients.each(CLIENTS, MORE, () -> plain.createAndStart(recipe)));
        plain.removeAll();
        return millis;
    }

    private double timed(Starts starts, Predicate<Start> wanted, Request request) throws Exception {
        Since since = Since.now(clock);
        request.send();
        List<Start> more = starts.await(MORE, wanted.and(start -> start.at().isAfter(since.began())), PATIENCE);
        return more.stream().mapToDouble(since::millisTo).max().orElseThrow();
    }

    @FunctionalInterface
    private interface Request {
        void send() throws Exception;
    }
}
