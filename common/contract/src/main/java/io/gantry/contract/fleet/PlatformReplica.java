package io.gantry.contract.fleet;

import java.time.Instant;

/**
 * One replica of a platform service that is to run, and was ready once. Keyed by {@link #key()}; one that is not to run any
 * more is a tombstone.
 *
 * @param service its name, {@code scheduler}
 * @param machine the machine's name
 * @param address of the machine
 * @param port it listens on there
 * @param since when it was last started by the lifecycle manager
 */
public record PlatformReplica(String service, String machine, String address, int port, Instant since) {
    public String key() {
        return service + "@" + machine;
    }
}
