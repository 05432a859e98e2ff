package io.gantry.benchmarks.fleet;

import io.gantry.benchmarks.measure.Await;
import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Shared;
import io.gantry.benchmarks.measure.Stopwatch;
import io.gantry.benchmarks.measure.Unit;
import io.gantry.benchmarks.platform.Api;
import io.gantry.benchmarks.platform.Api.Service;
import io.gantry.benchmarks.platform.Gantry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** What the fleet makes of machines that stand still for two seconds, one after the other, again and again: nothing. */
public final class StallBenchmark implements Benchmark {
    private static final Duration STALL = Duration.ofSeconds(2);
    private static final Duration BETWEEN = Duration.ofSeconds(8);
    private static final Duration TO_BE_UP = Duration.ofMinutes(2);
    private static final Duration AROUND_IT = Duration.ofMinutes(20);
    private static final int REPLICAS = 4;
    private static final List<String> KINDS = List.of("machines", "services", "instances");
    private static final List<String> NOTES =
            List.of("A whole machine is frozen, with all that runs on it: the database's and the monitor's too.");
    private static final List<String> NODES = List.of("vm-2", "vm-3");

    private final Shared<Fleet> shared;
    private final Shared<Gantry> gantry;
    private final Duration length;

    /** @param gantry that is not to run beside the fleet */
    public StallBenchmark(Shared<Fleet> shared, Shared<Gantry> gantry, Duration length) {
        this.shared = shared;
        this.gantry = gantry;
        this.length = length;
    }

    @Override
    public String name() {
        return "stalls";
    }

    @Override
    public String question() {
        return "False alarms while machines stand still for 2 s, one after the other, every 10 s for %d minutes"
                .formatted(length.toMinutes());
    }

    @Override
    public Duration patience(Effort effort) {
        return length.plus(AROUND_IT);
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        gantry.close();
        Fleet fleet = shared.get(progress);
        fleet.awaitSettled();
        Api api = fleet.api();
        api.endMeltdown();
        ServingApp app = ServingApp.built(api, "stalled", REPLICAS);
        app.spread(NODES);
        awaitAllUp(api);
        Figures figures = stall(fleet, app, progress);
        app.stop();
        return figures;
    }

    private Figures stall(Fleet fleet, ServingApp app, Progress progress) throws Exception {
        Falls before = Falls.until(fleet.api());
        Set<String> instances = app.instancesRunning();
        int stalls = stall(List.copyOf(fleet.machines().values()), progress);
        awaitAllUp(fleet.api());
        Falls after = Falls.until(fleet.api());
        Set<String> kept = new HashSet<>(app.instancesRunning());
        kept.retainAll(instances);
        Samples alarms =
                Samples.of("Gantry: what went down by them, in its opinion", Unit.COUNT, after.countSince(before));
        Samples replaced = Samples.of("Gantry: instances replaced", Unit.COUNT, instances.size() - kept.size());
        List<String> notes = new ArrayList<>(NOTES);
        notes.addAll(after.tellSince(before));
        return new Figures(
                List.of(
                        Row.of(Samples.of("Gantry: stalls of 2 s", Unit.COUNT, stalls)),
                        Row.of(alarms, Bar.always(0, alarms)),
                        Row.of(replaced, Bar.always(0, replaced))),
                notes);
    }

    private int stall(List<Vm> machines, Progress progress) throws IOException, InterruptedException {
        Stopwatch watch = Stopwatch.start();
        int stalls = 0;
        while (watch.seconds() < length.toSeconds()) {
            Vm vm = machines.get(stalls % machines.size());
            vm.freeze();
            try {
                letPass(STALL);
            } finally {
                vm.thaw();
            }
            letPass(BETWEEN);
            stalls++;
            if (stalls % 30 == 0) {
                progress.say(stalls + " stalls");
            }
        }
        return stalls;
    }

    /** It is how long something lasts that is measured; nothing is waited for. */
    private static void letPass(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    /**
     * The last stall is {@code BETWEEN} ago, and monitoring looks every second: what has not recovered from it is at least
     * suspected by now, and then comes to be either up or a fall.
     */
    private static void awaitAllUp(Api api) throws InterruptedException, TimeoutException {
        Await.until(
                "monitoring to find everything up", TO_BE_UP, () -> isAllUp(api.glance(Service.MONITORING, "/health")));
    }

    private static boolean isAllUp(JsonNode health) {
        List<JsonNode> units =
                KINDS.stream().flatMap(kind -> health.path(kind).valueStream()).toList();
        return !units.isEmpty()
                && units.stream().allMatch(unit -> unit.path("state").asString().equals("UP"));
    }
}
