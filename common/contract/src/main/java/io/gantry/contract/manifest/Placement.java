package io.gantry.contract.manifest;

import java.util.Map;

/**
 * Where instances may run.
 *
 * @param labels a node must carry all of these
 * @param spread whether instances of the service prefer different nodes
 */
public record Placement(Map<String, String> labels, boolean spread) {
    public Placement {
        labels = Map.copyOf(labels);
    }
}
