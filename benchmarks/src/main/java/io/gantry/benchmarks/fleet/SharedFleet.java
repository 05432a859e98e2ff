package io.gantry.benchmarks.fleet;

import io.gantry.benchmarks.engine.LocalEngine;
import io.gantry.benchmarks.measure.Progress;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One fleet for all benchmarks of a run that need one, brought up for the first of them. */
public final class SharedFleet implements AutoCloseable {
    private final LocalEngine engine;
    private final Path logs;
    private @Nullable Fleet running;

    /** @param logs folder that keeps what the command line says */
    public SharedFleet(LocalEngine engine, Path logs) {
        this.engine = engine;
        this.logs = logs;
    }

    Fleet get(Progress progress) throws Exception {
        Fleet fleet = running;
        if (fleet == null) {
            fleet = Fleet.up(engine.docker(), logs, progress);
            running = fleet;
        }
        return fleet;
    }

    @Override
    public void close() throws IOException {
        Fleet fleet = running;
        running = null;
        if (fleet != null) {
            fleet.close();
        }
    }
}
