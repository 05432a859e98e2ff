package io.gantry.benchmarks.start;

import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Turns;
import io.gantry.benchmarks.measure.Unit;
import io.gantry.benchmarks.processes.Broker;
import io.gantry.benchmarks.processes.Scratch;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.List;

/** What the platform image makes of a service's start: the same jars, started plainly, with its options, and with its cache. */
public final class StartBenchmark implements Benchmark {
    private static final List<String> NOTES = List.of(
            "All three: the same jars on one class path, the JVM of this machine, -Xmx172m, as in a container of 384 MiB; PostgreSQL and Kafka are there already. "
                    + "A fat jar is not among them: Gantry makes none, and it starts more slowly than its jars on a class path.",
            "Gantry: as in the platform image, with a cache of loaded classes and profiles (JEP 483, 515), the serial collector and compact object headers.");

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String question() {
        return "The node-manager's JVM, from its start to its first good answer about readiness";
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        progress.say("starting PostgreSQL and Kafka");
        try (Scratch scratch = Scratch.create("start");
                EmbeddedPostgres database = EmbeddedPostgres.start();
                Broker broker = Broker.start(scratch.folder())) {
            var jvms = new Jvms(scratch.folder(), database.getJdbcUrl("postgres", "postgres"), broker.address());
            progress.say("recording what the services load");
            jvms.rehearse();
            List<Side> sides = List.of(
                    new Side("Gantry", jvms, Jvms.Variant.CACHE),
                    new Side("java -jar with its options", jvms, Jvms.Variant.OPTIONS),
                    new Side("java -jar", jvms, Jvms.Variant.PLAIN));
            var turns = new Turns();
            sides.forEach(side -> turns.with(side.name() + ": ready", Unit.SECONDS, side::measure));
            return figures(sides, turns.warmUp(1).take(effort.of(8, 2), progress));
        }
    }

    private static Figures figures(List<Side> sides, List<Samples> ready) {
        long rounds = ready.getFirst().count();
        List<Row> rows = new ArrayList<>(compared(ready));
        rows.addAll(compared(sides.stream().map(side -> side.cpu(rounds)).toList()));
        rows.addAll(compared(sides.stream().map(side -> side.memory(rounds)).toList()));
        return new Figures(rows, NOTES);
    }

    /** The first is ours. */
    private static List<Row> compared(List<Samples> sides) {
        Samples ours = sides.getFirst();
        List<Row> rows = new ArrayList<>(List.of(Row.of(ours)));
        sides.stream().skip(1).map(peer -> Row.peer(peer, ours)).forEach(rows::add);
        return rows;
    }
}
