package io.gantry.scheduler.version;

import io.gantry.contract.Sha256;
import io.gantry.storage.BlobStore;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern KEY = Pattern.compile("(?<sha256>" + Sha256.FORM + ")\\.zip");

    private final BlobStore blobs;
    private final JdbcClient jdbc;

    Bundles(BlobStore blobs, JdbcClient jdbc) {
        this.blobs = blobs;
        this.jdbc = jdbc;
    }

    void put(ReceivedFile file) {
        blobs.put(key(file.sha256()), file.path());
    }

    /** Nobody removes these bytes until the current transaction ends; if the storage has lost them, or they have just been removed, they are put again. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(ReceivedFile file) {
        takeTurn(file.sha256());
        if (!blobs.exists(key(file.sha256()))) {
            put(file);
        }
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

    /** The SHA-256 of what was stored before an instant, whether a version has it or not. */
    List<String> storedBefore(Instant instant) {
        return blobs.storedBefore(instant).stream()
                .map(KEY::matcher)
                .filter(Matcher::matches)
                .map(key -> key.group("sha256"))
                .toList();
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
