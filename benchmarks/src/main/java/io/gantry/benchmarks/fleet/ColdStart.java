package io.gantry.benchmarks.fleet;

import static java.util.stream.Collectors.joining;

import io.gantry.benchmarks.engine.Clients;
import io.gantry.benchmarks.measure.Await;
import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Stopwatch;
import io.gantry.benchmarks.measure.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Every container of the platform started at once, as machines that boot do, to all of them ready. */
final class ColdStart implements Part {
    private static final double SECONDS_AIMED_AT = 10;
    private static final double MEBIBYTES_AIMED_AT = 1.8 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Those who would start again what is stopped. */
    private static final Set<String> WATCHERS = Set.of("gantry-monitoring", "gantry-lifecycle-manager");

    /** What is done with the platform's containers of a machine. */
    @FunctionalInterface
    private interface Action {
        String on(Vm vm, List<String> services) throws IOException, InterruptedException;
    }

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
        Map<Vm, List<String>> services = new HashMap<>();
        for (Vm vm : fleet.machines().values()) {
            services.put(vm, vm.platformServices());
        }
        onEach(services, (vm, all) -> stop(vm, all.stream().filter(WATCHERS::contains)));
        onEach(services, (vm, all) -> stop(vm, all.stream()));
        Stopwatch watch = Stopwatch.start();
        onEach(services, ColdStart::start);
        Await.until(
                "every service to be ready",
                PATIENCE,
                () -> fleet.replicas().parallelStream().allMatch(Replica::isReady));
        seconds.add(watch.seconds());
        note(Usage.of(services.keySet()));
    }

    /** To all machines at once. */
    private static void onEach(Map<Vm, List<String>> services, Action action)
            throws ExecutionException, InterruptedException {
        var left = new ConcurrentLinkedQueue<>(services.entrySet());
        Clients.each(services.size(), services.size(), () -> {
            var next = left.remove();
            return action.on(next.getKey(), next.getValue());
        });
    }

    /** All at once. */
    private static String stop(Vm vm, Stream<String> services) throws IOException, InterruptedException {
        return vm.feed(lines(services), "xargs", "-r", "docker", "stop", "-t", "20");
    }

    /** All at once too, which is not docker's own way when it is given several. */
    private static String start(Vm vm, List<String> services) throws IOException, InterruptedException {
        return vm.feed(lines(services.stream()), "xargs", "-r", "-n", "1", "-P", "0", "docker", "start");
    }

    private static String lines(Stream<String> words) {
        return words.collect(joining("\n"));
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
