package io.gantry.benchmarks.fleet;

import io.gantry.benchmarks.engine.Clients;
import io.gantry.benchmarks.measure.Await;
import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Stopwatch;
import io.gantry.benchmarks.measure.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every container of the platform started at once, as machines that boot do, to all of them ready. */
final class ColdStart implements Part {
    private static final double SECONDS_AIMED_AT = 10;
    private static final double MEBIBYTES_AIMED_AT = 1.8 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ALL = "$(docker ps -aq --filter label=io.gantry.platform-service)";

    /** Those who would start again what is stopped are stopped first. */
    private static final String STOP_WATCHERS =
            "docker stop -t 20 gantry-monitoring gantry-lifecycle-manager >/dev/null 2>&1; true";

    private static final String STOP = "for c in %s; do docker stop -t 20 $c >/dev/null & done; wait".formatted(ALL);
    private static final String START = "for c in %s; do docker start $c >/dev/null & done; wait".formatted(ALL);

    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();
    private final List<Double> memory = new ArrayList<>();
    private final Map<String, List<Double>> memoryOfEach = new TreeMap<>();

    @Override
    public String name() {
        return "cold start";
    }

    @Override
    public List<Row> measure(Fleet fleet, Effort effort, Progress progress) throws Exception {
        for (int round = 1; round <= effort.of(3, 1); round++) {
            progress.say("cold start, round " + round);
            take(fleet);
        }
        fleet.awaitSettled();
        return rows();
    }

    private void take(Fleet fleet) throws Exception {
        List<Vm> machines = List.copyOf(fleet.machines().values());
        onEach(machines, STOP_WATCHERS);
        onEach(machines, STOP);
        Stopwatch watch = Stopwatch.start();
        onEach(machines, START);
        Await.until(
                "every service to be ready",
                PATIENCE,
                () -> fleet.replicas().parallelStream().allMatch(Replica::isReady));
        seconds.add(watch.seconds());
        note(Usage.of(machines));
    }

    private static void onEach(List<Vm> machines, String script) throws Exception {
        var left = new ConcurrentLinkedQueue<>(machines);
        Clients.each(machines.size(), machines.size(), () -> left.remove().run(script));
    }

    private void note(List<Usage> used) {
        cpu.add(used.stream().mapToDouble(Usage::cpuSeconds).sum());
        memory.add(used.stream().mapToDouble(Usage::mebibytes).sum());
        used.forEach(usage -> memoryOfEach
                .computeIfAbsent(usage.service(), any -> new ArrayList<>())
                .add(usage.mebibytes()));
    }

    private List<Row> rows() {
        Samples ready = new Samples("Gantry: cold start of the platform to all ready", Unit.SECONDS, seconds);
        Samples total = new Samples("Gantry: memory of the platform then", Unit.MEBIBYTES, memory);
        List<Row> rows = new ArrayList<>(List.of(
                Row.of(ready, Bar.atMost(SECONDS_AIMED_AT, ready)),
                Row.of(new Samples("Gantry: CPU time of the platform then", Unit.SECONDS, cpu)),
                Row.of(total, Bar.atMost(MEBIBYTES_AIMED_AT, total))));
        memoryOfEach.forEach((service, mebibytes) ->
                rows.add(Row.of(new Samples("Gantry: memory of %s".formatted(service), Unit.MEBIBYTES, mebibytes))));
        return rows;
    }
}
