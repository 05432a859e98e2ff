package io.gantry.benchmarks.engine;

import java.time.Instant;
import java.util.Map;

/**
 * A container started, as the engine tells it.
 *
 * @param at by the engine's clock, which is this machine's
 * @param labels of the container; besides them {@code name} and {@code image}
 */
public record Start(String container, Instant at, Map<String, String> labels) {
    public Start {
        labels = Map.copyOf(labels);
    }

    public boolean has(String label, String value) {
        return value.equals(labels.get(label));
    }
}
