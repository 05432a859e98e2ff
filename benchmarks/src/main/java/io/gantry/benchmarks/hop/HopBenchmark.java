package io.gantry.benchmarks.hop;

import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.processes.Broker;
import io.gantry.benchmarks.processes.Scratch;
import io.gantry.benchmarks.processes.SyncingPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** What the promises of outbox and inbox cost in time. */
public final class HopBenchmark implements Benchmark {
    private static final int PARTITIONS = 3;

    @Override
    public String name() {
        return "hop";
    }

    @Override
    public String question() {
        return "A message from before the commit of a decision to the listener, through outbox, Kafka and inbox";
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        progress.say("starting PostgreSQL and Kafka");
        try (Scratch scratch = Scratch.create("hop");
                EmbeddedPostgres database = SyncingPostgres.start();
                Broker broker = Broker.start(scratch.folder());
                Hop outbox = new OutboxHop(broker.address(), database, PARTITIONS);
                Hop plain = new PlainHop(broker.address(), PARTITIONS)) {
            warmUp(outbox, plain);
            List<Row> rows = new ArrayList<>();
            for (Pace pace : paces(effort)) {
                progress.say(pace.words());
                Latencies ours = measured("Gantry: outbox and inbox, " + pace.words(), outbox, pace);
                rows.add(Row.of(ours));
                rows.add(Row.peer(measured("Kafka alone, " + pace.words(), plain, pace), ours));
            }
            return new Figures(rows, List.of("Fixed rates are open loop: time counts from when a message was due."));
        }
    }

    private static List<Pace> paces(Effort effort) {
        Duration span = Duration.ofSeconds(effort.of(20, 3));
        return List.of(
                new Pace.OneAtATime(effort.of(1000, 100)), new Pace.AtRate(200, span), new Pace.AtRate(1000, span));
    }

    private static void warmUp(Hop outbox, Hop plain) throws InterruptedException, TimeoutException {
        Pace pace = new Pace.AtRate(200, Duration.ofSeconds(3));
        measured("warm-up", outbox, pace);
        measured("warm-up", plain, pace);
    }

    private static Latencies measured(String name, Hop hop, Pace pace) throws InterruptedException, TimeoutException {
        Arrivals arrivals = new Arrivals(pace.messages());
        pace.drive(hop, arrivals);
        return new Latencies(name, arrivals.nanos());
    }
}
