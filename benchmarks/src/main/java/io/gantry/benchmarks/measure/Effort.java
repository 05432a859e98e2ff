package io.gantry.benchmarks.measure;

import java.time.Duration;

/** How much is measured: enough for the record, or enough to see that everything works. */
public enum Effort {
    FULL(Duration.ofMinutes(8)),
    QUICK(Duration.ofMinutes(5));

    private final Duration patience;

    Effort(Duration patience) {
        this.patience = patience;
    }

    /** How long one benchmark may take, unless it says otherwise. */
    public Duration patience() {
        return patience;
    }

    public int of(int full, int quick) {
        return this == FULL ? full : quick;
    }
}
