package io.gantry.lifecyclemanager.capacity;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What a look at the fleet gave, as far as it matters here.
 *
 * @param there machines that the provider has, or may have
 * @param readySince of machines whose Docker Engine was made ready once
 * @param instances of apps on each machine that answers
 */
public record FoundMachines(Set<String> there, Map<String, Instant> readySince, Map<String, Integer> instances) {
    public FoundMachines {
        there = Set.copyOf(there);
        readySince = Map.copyOf(readySince);
        instances = Map.copyOf(instances);
    }
}
