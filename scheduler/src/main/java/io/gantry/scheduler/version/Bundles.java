package io.gantry.scheduler.version;

import io.gantry.storage.BlobStore;
import java.nio.file.Path;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The bytes of versions in blob storage, kept once for all versions that have the same. Who adds a version and who removes
 * one take turns for the same bytes, so that none is left without.
 */
@Component
class Bundles {
    private final BlobStore blobs;
    private final JdbcClient jdbc;

    Bundles(BlobStore blobs, JdbcClient jdbc) {
        this.blobs = blobs;
        this.jdbc = jdbc;
    }

    void put(ReceivedFile file) {
        put(file.sha256(), file.path());
    }

    private void put(String sha256, Path file) {
        blobs.put(key(sha256), file);
    }

    /** Nobody removes these bytes until the current transaction ends; if they have just been removed, they are put again. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(ReceivedFile file) {
        takeTurn(file.sha256());
        put(file);
    }

    /** Removes the bytes, unless a version has them. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void removeIfUnused(String sha256) {
        takeTurn(sha256);
        boolean used = jdbc.sql("select exists (select 1 from version where sha256 = ?)")
                .param(sha256)
                .query(Boolean.class)
                .single();
        if (!used) {
            blobs.delete(key(sha256));
        }
    }

    private void takeTurn(String sha256) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("bundle " + sha256)
                .query((row, _) -> true)
                .single();
    }

    static String key(String sha256) {
        return sha256 + ".zip";
    }
}
