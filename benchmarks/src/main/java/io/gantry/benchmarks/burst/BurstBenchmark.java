package io.gantry.benchmarks.burst;

import com.github.dockerjava.api.DockerClient;
import io.gantry.benchmarks.engine.Clients;
import io.gantry.benchmarks.engine.LocalEngine;
import io.gantry.benchmarks.engine.PlainContainers;
import io.gantry.benchmarks.engine.Recipe;
import io.gantry.benchmarks.engine.Since;
import io.gantry.benchmarks.engine.Start;
import io.gantry.benchmarks.engine.Starts;
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
import io.gantry.benchmarks.platform.Deployment;
import io.gantry.benchmarks.platform.Gantry;
import io.gantry.benchmarks.platform.Steps;
import io.gantry.benchmarks.processes.Memory;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Many deployments requested at once. */
public final class BurstBenchmark implements Benchmark {
    private static final int CLIENTS = 8;
    private static final double ENGINE_RATE = 0.8;
    private static final double MEMORY_AIM = 600;
    private static final String SAME_WORK =
            "Every app has a network of its own, which is made for its first container: "
                    + "a network each is the same work, one network for all is less.";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Shared<Gantry> shared;
    private final LocalEngine engine;
    private final InstantSource clock;

    public BurstBenchmark(Shared<Gantry> shared, LocalEngine engine, InstantSource clock) {
        this.shared = shared;
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public String question() {
        return "Deployments of as many apps requested at once: how many containers start in a second";
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        DockerClient docker = engine.docker();
        Gantry gantry = shared.get(progress);
        progress.say("building the apps");
        Crowd crowd = Crowd.built(gantry.api(), effort.of(50, 10));
        Recipe recipe = crowd.stages().getFirst().recipe(docker);
        progress.say("running each once, so that its image is on the node");
        crowd.runAll();
        crowd.stopAll();
        try (Starts starts = Starts.watch(docker, clock.instant());
                PlainContainers plain = PlainContainers.on(docker)) {
            Ours ours = new Ours(crowd, starts);
            List<Samples> taken = new Turns()
                    .with("Gantry: %d at once".formatted(crowd.size()), Unit.PER_SECOND, ours::measure)
                    .with(
                            "engine: 8 clients, a network each",
                            Unit.PER_SECOND,
                            () -> plain(plain, () -> plain.createAndStartApart(recipe), crowd.size(), starts))
                    .with(
                            "engine: 8 clients, one network",
                            Unit.PER_SECOND,
                            () -> plain(plain, () -> plain.createAndStart(recipe), crowd.size(), starts))
                    .take(effort.of(2, 1), progress);
            return new Figures(rows(taken, ours, gantry), List.of(SAME_WORK, ours.steps.sentence()));
        }
    }

    private static List<Row> rows(List<Samples> taken, Ours ours, Gantry platform) throws IOException {
        Samples gantry = taken.get(0);
        Samples apart = taken.get(1);
        Samples together = taken.get(2);
        Samples succeeded = new Samples("Gantry: deployments that succeeded", Unit.COUNT, ours.succeeded);
        Samples started = new Samples("Gantry: containers that were started", Unit.COUNT, ours.started);
        Samples memory =
                Samples.of("Gantry: resident memory of its JVM", Unit.MEBIBYTES, Memory.resident(platform.pid()));
        double database = Memory.proportionalOfFamily(platform.databasePid());
        return List.of(
                Row.of(gantry),
                Row.peer(apart, gantry, Bar.ratioAtLeast(ENGINE_RATE, gantry, apart)),
                Row.peer(together, gantry, Bar.ratioAtLeast(ENGINE_RATE, gantry, together)),
                Row.of(succeeded, Bar.always(ours.crowd.size(), succeeded)),
                Row.of(started, Bar.always(ours.crowd.size(), started)),
                Row.of(memory, Bar.atMost(MEMORY_AIM, memory)),
                Row.of(Samples.of("Gantry: memory of PostgreSQL beside it", Unit.MEBIBYTES, database)));
    }

    private final class Ours {
        private final Crowd crowd;
        private final Starts starts;
        private final List<Double> succeeded = new ArrayList<>();
        private final List<Double> started = new ArrayList<>();
        private final Steps steps = new Steps();

        Ours(Crowd crowd, Starts starts) {
            this.crowd = crowd;
            this.starts = starts;
        }

        double measure() throws Exception {
            Since since = Since.now(clock);
            List<Deployment> ended = crowd.runAll();
            ended.forEach(steps::add);
            succeeded.add(
                    (double) ended.stream().filter(Deployment::hasSucceeded).count());
            double rate = rate(since, crowd.size(), starts, crowd.anyStart());
            started.add((double) starts.matching(after(since, crowd.anyStart())).size());
            crowd.stopAll();
            return rate;
        }
    }

    private double plain(PlainContainers plain, Callable<String> createAndStart, int containers, Starts starts)
            throws Exception {
        Since since = Since.now(clock);
        Clients.each(CLIENTS, containers, createAndStart);
        double rate = rate(since, containers, starts, PlainContainers.anyStart());
        plain.removeAll();
        return rate;
    }

    private static double rate(Since since, int containers, Starts starts, Predicate<Start> wanted) throws Exception {
        List<Start> all = starts.await(containers, after(since, wanted), PATIENCE);
        double millis = all.stream().mapToDouble(since::millisTo).max().orElseThrow();
        return containers * 1000 / millis;
    }

    private static Predicate<Start> after(Since since, Predicate<Start> wanted) {
        return wanted.and(start -> start.at().isAfter(since.began()));
    }
}
