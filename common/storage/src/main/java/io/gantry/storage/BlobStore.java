package io.gantry.storage;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Blobs by key. A blob never changes: a key is stored once, and storing it again does nothing. Nothing is held in memory as a
 * whole. Every call may safely be repeated.
 *
 * <p>Keys are made of {@code [a-z0-9./-]}. Calls throw {@link BlobStoreUnavailable} where the store does not answer.
 */
public interface BlobStore {
    /** Stores a file's bytes, or finds that the key is there already. */
    void put(String key, Path file);

    /** @throws NoSuchBlob if there is no such key */
    InputStream open(String key);

    boolean exists(String key);

    /** The keys of what was stored before an instant, by the store's own clock. */
    List<String> storedBefore(Instant instant);

    /** Removes the blob, if it is there. */
    void delete(String key);
}
