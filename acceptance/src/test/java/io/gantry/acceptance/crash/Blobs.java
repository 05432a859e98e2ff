package io.gantry.acceptance.crash;

import io.gantry.contract.Sha256;
import io.gantry.storage.AzureBlobStore;
import io.gantry.storage.BlobStore;
import io.gantry.storage.NoSuchBlob;
import io.gantry.storage.StorageSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What blob storage has, by its bytes. */
final class Blobs {
    private static final Instant EVER = Instant.parse("2100-01-01T00:00:00Z");

    private final BlobStore store;
    private final BlobStore landing;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    Blobs(String connection, String fleet) {
        String bundles = StorageSettings.bundlesOf(fleet);
        this.store = new AzureBlobStore(StorageSettings.of(connection, bundles));
        this.landing = new AzureBlobStore(StorageSettings.of(connection, bundles + "-landing"));
    }

    /** Whether the bytes of this digest are there. They never change: they are read once. */
    boolean has(String sha256) {
        if (seen.contains(sha256)) {
            return true;
        }
        boolean there = sha256.equals(digestOf(sha256 + ".zip"));
        if (there) {
            seen.add(sha256);
        }
        return there;
    }

    /** The ids of uploads that went straight to the storage, and lie there. */
    List<String> landed() {
        return landing.storedBefore(EVER);
    }

    private String digestOf(String key) {
        try (InputStream bytes = store.open(key)) {
            return Sha256.of(bytes);
        } catch (NoSuchBlob lost) {
            return "lost";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
