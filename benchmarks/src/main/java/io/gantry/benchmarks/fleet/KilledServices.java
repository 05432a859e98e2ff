package io.gantry.benchmarks.fleet;

import io.gantry.benchmarks.measure.Await;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Stopwatch;
import io.gantry.benchmarks.measure.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code kill -9} of each platform service's process, to its being ready again. */
final class KilledServices implements Part {
    private static final Duration TO_GO = Duration.ofSeconds(10);
    private static final Duration TO_COME_BACK = Duration.ofMinutes(2);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(5);

    @Override
    public String name() {
        return "platform services killed";
    }

    @Override
    public List<Row> measure(Fleet fleet, Effort effort, Progress progress) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (String service :
                fleet.replicas().stream().map(Replica::service).distinct().toList()) {
            progress.say("killing " + service);
            List<Double> seconds = new ArrayList<>();
            for (int round = 0; round < effort.of(2, 1); round++) {
                seconds.add(back(fleet, fleet.replica(service)));
            }
            rows.add(Row.of(new Samples("Gantry: %s killed to ready".formatted(service), Unit.SECONDS, seconds)));
        }
        fleet.awaitSettled();
        return rows;
    }

    private static double back(Fleet fleet, Replica replica) throws Exception {
        Vm vm = fleet.machine(replica.machine());
        String process = vm.processOf(replica.container());
        Stopwatch watch = Stopwatch.start();
        vm.killProcess(process);
        Await.until(replica.service() + " to go", TO_GO, LOOKS_EVERY, () -> !replica.isReady());
        Await.until(replica.service() + " to be ready again", TO_COME_BACK, replica::isReady);
        double seconds = watch.seconds();
        Await.until(
                "every service to be ready",
                TO_COME_BACK,
                () -> fleet.replicas().stream().allMatch(Replica::isReady));
        return seconds;
    }
}
