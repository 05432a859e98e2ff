package io.gantry.bootstrapper.backup;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a backup says of itself.
 *
 * @param id no other backup has it
 * @param gantry the version of the command line that took it
 * @param database none, where the fleet's is elsewhere and not in it
 */
public record Manifest(
        String id,
        String fleet,
        String gantry,
        Instant takenAt,
        @Nullable Database database) {
    /**
     * @param bytes its size on the server
     * @param schemas the version of each, as its service migrated it last
     */
    public record Database(long bytes, Map<String, String> schemas) {
        public Database {
            schemas = Map.copyOf(schemas);
        }
    }
}
