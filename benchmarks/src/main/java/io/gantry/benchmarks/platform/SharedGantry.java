package io.gantry.benchmarks.platform;

import io.gantry.benchmarks.engine.LocalEngine;
import io.gantry.benchmarks.measure.Progress;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One platform for all benchmarks of a run that need it, started for the first of them. */
public final class SharedGantry implements AutoCloseable {
    private final LocalEngine engine;
    private final Path logs;
    private @Nullable Gantry running;

    /** @param logs folder that keeps what it says */
    public SharedGantry(LocalEngine engine, Path logs) {
        this.engine = engine;
        this.logs = logs;
    }

    public Gantry get(Progress progress) throws Exception {
        Gantry gantry = running;
        if (gantry == null) {
            gantry = Gantry.start(engine.docker(), logs, progress);
            running = gantry;
        }
        return gantry;
    }

    /** Whoever asks for it afterwards gets a new one. */
    @Override
    public void close() throws IOException {
        Gantry gantry = running;
        running = null;
        if (gantry != null) {
            gantry.close();
        }
    }
}
