package io.gantry.benchmarks.processes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/** A PostgreSQL that keeps what it promises, as those in use do: each commit is on the disk. The embedded one does not, if not told to. */
public final class SyncingPostgres {
    private SyncingPostgres() {}

    public static EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }
}
