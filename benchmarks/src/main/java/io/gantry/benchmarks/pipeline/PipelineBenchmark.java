package io.gantry.benchmarks.pipeline;

import io.gantry.benchmarks.measure.Await;
import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Series;
import io.gantry.benchmarks.measure.Unit;
import io.gantry.benchmarks.processes.Broker;
import io.gantry.benchmarks.processes.LoneService;
import io.gantry.benchmarks.processes.Scratch;
import io.gantry.benchmarks.processes.SyncingPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the platform itself does for a request, without the engine: taken in, decided upon, answered. */
public final class PipelineBenchmark implements Benchmark {
    private static final int RATE_OF_THE_AIM = 1000;
    private static final int MILLIS_AIMED_AT = 25;
    private static final double AS_GOOD_AS_ALL = 0.99;
    private static final Duration LOOK = Duration.ofMillis(100);

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String question() {
        return "A deployment that leaves the engine nothing to do, from the instant its request is due to its end, at fixed rates";
    }

    @Override
    public Duration patience(Effort effort) {
        return Duration.ofMinutes(effort.of(20, 12));
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        progress.say("starting PostgreSQL, Kafka, the scheduler and the deployer");
        try (Scratch scratch = Scratch.create("pipeline");
                EmbeddedPostgres database = SyncingPostgres.start();
                Broker broker = Broker.start(scratch.folder());
                LoneService scheduler = Pipeline.scheduler(database, broker, scratch.folder());
                LoneService deployer = Pipeline.deployer(database, broker, scratch.folder());
                Listener listener = Listener.on(database)) {
            scheduler.awaitReady();
            deployer.awaitReady();
            Pipeline pipeline = Pipeline.of(database, scheduler);
            progress.say("warming up");
            run(new Load(100, Duration.ofSeconds(effort.of(20, 5))), effort, pipeline, listener);
            List<Row> rows = new ArrayList<>();
            for (int rate : List.of(200, 1000, 3000)) {
                progress.say("%,d a second".formatted(rate));
                Load load = new Load(rate, Duration.ofSeconds(effort.of(60, 5)));
                rows.addAll(rows(load, run(load, effort, pipeline, listener)));
            }
            Samples unfinished = Samples.of("Gantry: not over at the end", Unit.COUNT, pipeline.unfinished());
            rows.add(Row.of(unfinished, Bar.always(0, unfinished)));
            return new Figures(
                    rows,
                    List.of(
                            "Open loop: time counts from when a request was due, and ends when the scheduler has committed that the deployment is over.",
                            "A STOP of a service that does not run: REST, scheduler, outbox, Kafka, inbox, deployer and back. The engine is never asked, and nothing is placed or registered.",
                            "Clients, scheduler, deployer, Kafka and PostgreSQL (which syncs each commit) share the machine's processors."));
        }
    }

    /** Sends, and waits until all are over, or no more are for a while. */
    private static Ends run(Load load, Effort effort, Pipeline pipeline, Listener listener)
            throws InterruptedException {
        Ends ends = new Ends();
        listener.tell(ends);
        load.send(pipeline.port(), ends);
        try {
            Await.until(
                    "requests to be over",
                    Duration.ofSeconds(effort.of(240, 60)),
                    LOOK,
                    () -> ends.areAll(load.requests()));
        } catch (TimeoutException behind) {
            // How many are not over is a figure of its own.
        }
        return ends;
    }

    private static List<Row> rows(Load load, Ends ends) {
        String at = "%,d a second".formatted(load.perSecond());
        Series taken = new Latencies("Gantry: due to over, " + at, ends.nanos());
        Samples finished =
                new Samples("Gantry: over in a second, asked for %s".formatted(at), Unit.PER_SECOND, whole(ends));
        Samples bad = Samples.of("Gantry: refused, given up or failed, " + at, Unit.COUNT, ends.bad());
        Samples twice = Samples.of("Gantry: over twice, " + at, Unit.COUNT, ends.twice());
        return List.of(
                row(taken, load.perSecond() == RATE_OF_THE_AIM ? Bar.p99AtMost(MILLIS_AIMED_AT, taken) : null),
                Row.of(finished, Bar.atLeast(AS_GOOD_AS_ALL * load.perSecond(), finished)),
                Row.of(bad, Bar.always(0, bad)),
                Row.of(twice, Bar.always(0, twice)));
    }

    private static Row row(Series series, @Nullable Bar bar) {
        return new Row(series, null, bar);
    }

    /** Of each second that was measured from its beginning to its end. */
    private static List<Double> whole(Ends ends) {
        List<Double> all =
                ends.eachSecond().values().stream().map(Integer::doubleValue).collect(Collectors.toList());
        return all.size() > 2 ? all.subList(1, all.size() - 1) : all;
    }
}
