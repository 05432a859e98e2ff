package io.gantry.benchmarks.fleet;

import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Shared;
import io.gantry.benchmarks.platform.Gantry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a fleet of three machines on this computer takes, and how soon what dies in it is back. */
public final class FleetBenchmark implements Benchmark {
    private static final Logger log = LoggerFactory.getLogger(FleetBenchmark.class);
    private static final Duration PATIENCE = Duration.ofMinutes(45);
    private static final List<String> NOTES = List.of(
            "Few rounds: a fleet is dear. All machines share the processors of one computer.",
            "Cold start: all containers of the platform are started at once; machines and their engines run. Memory is proportional (PSS), of the services' own processes.",
            "Killed: kill -9 of the process in its machine; its engine starts it again. Ready: its readiness says so; for postgres, kafka, "
                    + "blob-storage and container-registry that it takes connections.",
            "Swarm: two engines in network namespaces, four tasks that do nothing; its tasks count as they run, Gantry's instances as they answer.");

    private final Shared<Fleet> shared;
    private final Shared<Gantry> gantry;

    /** @param gantry that is not to run beside the fleet */
    public FleetBenchmark(Shared<Fleet> shared, Shared<Gantry> gantry) {
        this.shared = shared;
        this.gantry = gantry;
    }

    @Override
    public String name() {
        return "fleet";
    }

    @Override
    public String question() {
        return "A fleet of three local machines: coming up, and coming back";
    }

    @Override
    public Duration patience(Effort effort) {
        return PATIENCE;
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        gantry.close();
        Fleet fleet = shared.get(progress);
        List<Row> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>(NOTES);
        // Kills last: so many at a time are a meltdown to the fleet, in which it heals nothing.
        for (Part part :
                List.of(new BringingUp(), new LostMachine(), new Standby(), new KilledServices(), new ColdStart())) {
            try {
                rows.addAll(part.measure(fleet, effort, progress));
            } catch (TimeoutException | RuntimeException failure) {
                // Too dear to lose the others' figures.
                log.warn("{} failed", part.name(), failure);
                notes.add("Not measured: %s. %s".formatted(part.name(), failure.getMessage()));
            }
        }
        return new Figures(rows, notes);
    }
}
