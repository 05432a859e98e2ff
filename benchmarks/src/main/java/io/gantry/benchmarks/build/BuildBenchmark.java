package io.gantry.benchmarks.build;

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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** From the request to build to the image in the container registry: nothing changed, the code changed, all changed. */
public final class BuildBenchmark implements Benchmark {
    private static final double MILLIS_FOR_NO_BUILD = 20;

    private final Shared<Gantry> shared;
    private final InstantSource clock;
    private final AtomicInteger state = new AtomicInteger();

    public BuildBenchmark(Shared<Gantry> shared, InstantSource clock) {
        this.shared = shared;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "build";
    }

    @Override
    public String question() {
        return "BUILD of a Python service with 20 dependencies, from the request to the image in the container registry";
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        Gantry gantry = shared.get(progress);
        Builds ours = new Builds(gantry.api(), App.named("build"), clock);
        SampleSource first = new SampleSource(0, 0);
        int version = ours.upload(first);
        ours.build(version);
        ByHand byHand = new ByHand(gantry.registry() + "/by-hand/app-server:1", ours.dockerfile(version));
        byHand.buildAndPush(first);
        ours.account();

        List<Row> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        progress.say("the same zip again");
        rows.addAll(sameAgain(ours, version, effort, progress));
        progress.say("only the code changed");
        rows.addAll(sourceChanged(ours, byHand, effort, progress));
        notes.add("Only the code changed. " + ours.account());
        progress.say("everything changed");
        rows.addAll(allChanged(ours, byHand, effort, progress));
        notes.add("Everything changed. " + ours.account());
        return new Figures(rows, notes);
    }

    private static List<Row> sameAgain(Builds ours, int version, Effort effort, Progress progress) throws Exception {
        int rounds = effort.of(30, 3);
        Samples seen = new Turns()
                .with("Gantry: same zip again, POST to SUCCEEDED", Unit.MILLISECONDS, () -> ours.build(version))
                .warmUp(effort.of(5, 1))
                .take(rounds, progress)
                .getFirst();
        ours.account();
        Samples own = new Samples(
                "Gantry: same zip again, accepted to SUCCEEDED", Unit.MILLISECONDS, ours.lastInside(rounds));
        return List.of(Row.of(own, Bar.atMost(MILLIS_FOR_NO_BUILD, own)), Row.of(seen));
    }

    private List<Row> sourceChanged(Builds ours, ByHand byHand, Effort effort, Progress progress) throws Exception {
        List<Samples> both = both("only the code changed", code -> new SampleSource(0, code), ours, byHand)
                .warmUp(1)
                .take(effort.of(20, 3), progress);
        return List.of(
                Row.of(both.get(0)),
                Row.peer(both.get(1), both.get(0), Bar.ratioAtMost(1.3, both.get(0), both.get(1))));
    }

    private List<Row> allChanged(Builds ours, ByHand byHand, Effort effort, Progress progress) throws Exception {
        List<Samples> both = both("dependencies changed too", all -> new SampleSource(all, all), ours, byHand)
                .take(effort.of(5, 1), progress);
        return List.of(Row.of(both.get(0)), Row.peer(both.get(1), both.get(0)));
    }

    /** Neither side ever builds what the other one has built: they share the builder's cache. */
    private Turns both(String what, IntFunction<SampleSource> next, Builds ours, ByHand byHand) {
        return new Turns()
                .with(
                        "Gantry: " + what,
                        Unit.MILLISECONDS,
                        () -> ours.build(ours.upload(next.apply(state.incrementAndGet()))))
                .with(
                        "docker build and push: " + what,
                        Unit.MILLISECONDS,
                        () -> byHand.buildAndPush(next.apply(state.incrementAndGet())));
    }
}
