package io.gantry.benchmarks.fleet;

import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Unit;
import io.gantry.benchmarks.platform.Api;
import io.gantry.benchmarks.platform.Api.Service;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the fleet makes of machines that stand still for two seconds, one after the other, again and again: nothing. */
public final class StallBenchmark implements Benchmark {
    private static final Duration STALL = Duration.ofSeconds(2);
    private static final Duration BETWEEN = Duration.ofSeconds(8);
    private static final Duration TO_JUDGE = Duration.ofSeconds(15);
    private static final Duration AROUND_IT = Duration.ofMinutes(20);
    private static final int REPLICAS = 4;
    private static final List<String> NODES = List.of("vm-2", "vm-3");

    private final SharedFleet shared;
    private final Duration length;
    private final InstantSource clock;

    public StallBenchmark(SharedFleet shared, Duration length, InstantSource clock) {
        this.shared = shared;
        this.length = length;
        this.clock = clock;
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
        Fleet fleet = shared.get(progress);
        Api api = fleet.api();
        ServingApp app = ServingApp.built(api, REPLICAS);
        app.spread(NODES);
        Instant began = clock.instant();
        int stalls = stall(List.copyOf(fleet.machines().values()), began.plus(length), progress);
        TimeUnit.MILLISECONDS.sleep(TO_JUDGE.toMillis());
        Samples count = Samples.of("Gantry: stalls of 2 s", Unit.COUNT, stalls);
        Samples alarms = Samples.of("Gantry: incidents opened by them", Unit.COUNT, incidentsSince(began, api));
        app.stop();
        return new Figures(
                List.of(Row.of(count), Row.of(alarms, Bar.always(0, alarms))),
                List.of("A whole machine is frozen, with all that runs on it: the database's and the monitor's too."));
    }

    private int stall(List<Vm> machines, Instant end, Progress progress) throws IOException, InterruptedException {
        int stalls = 0;
        while (clock.instant().isBefore(end)) {
            Vm vm = machines.get(stalls % machines.size());
            vm.freeze();
            try {
                TimeUnit.MILLISECONDS.sleep(STALL.toMillis());
            } finally {
                vm.thaw();
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
            stalls++;
            if (stalls % 30 == 0) {
                progress.say(stalls + " stalls");
            }
        }
        return stalls;
    }

    private static double incidentsSince(Instant began, Api api) throws IOException, InterruptedException {
        return api.look(Service.MONITORING, "/incidents")
                .path("incidents")
                .valueStream()
                .filter(incident ->
                        Instant.parse(incident.path("openedAt").asString()).isAfter(began))
                .count();
    }
}
