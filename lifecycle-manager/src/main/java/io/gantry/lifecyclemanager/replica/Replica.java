package io.gantry.lifecyclemanager.replica;

import java.util.Set;

/** One replica of a platform service: there is at most one on a machine. */
public record Replica(String service, String machine) {
    /** Services whose data lies in files on a machine, and does not go along. */
    public static final Set<String> KEEP_DATA = Set.of("postgres", "blob-storage", "container-registry", "kafka");

    @Override
    public String toString() {
        return service + " on " + machine;
    }
}
