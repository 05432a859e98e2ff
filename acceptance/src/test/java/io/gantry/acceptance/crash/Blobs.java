package io.gantry.acceptance.crash;

import io.gantry.contract.Sha256;
import io.gantry.storage.AzureBlobStore;
import io.gantry.storage.BlobStore;
import io.gantry.storage.NoSuchBlob;
import io.gantry.storage.StorageSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What blob storage has, by its bytes. */
final class Blobs {
    private final BlobStore store;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    Blobs(String connection) {
        this.store = new AzureBlobStore(StorageSettings.of(connection, "bundles"));
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
