package io.gantry.machines.docker;

import io.gantry.contract.manifest.Memory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is prepared for.
 *
 * @param registry the fleet's own container registry, {@code host:port}: the only one that is trusted without TLS; null where
 *     the registry has a certificate
 * @param logSize what a container's log may take on disk before it is begun anew, as the engine writes it: {@code 10m}
 * @param logFiles how many of those are kept a container
 * @param minimumFree what must be free on the machine's disk
 * @param patience how long a machine may take until its SSH server, or its engine, answers
 */
public record PreparationSettings(
        @Nullable String registry, String logSize, int logFiles, Memory minimumFree, Duration patience) {
    public static PreparationSettings forRegistry(@Nullable String registry) {
        return new PreparationSettings(registry, "10m", 3, Memory.mebibytes(1024), Duration.ofMinutes(2));
    }

    public PreparationSettings withMinimumFree(Memory free) {
        return new PreparationSettings(registry, logSize, logFiles, free, patience);
    }

    public PreparationSettings withPatience(Duration limit) {
        return new PreparationSettings(registry, logSize, logFiles, minimumFree, limit);
    }
}
