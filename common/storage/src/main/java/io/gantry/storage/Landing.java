package io.gantry.storage;

import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * Where others put blobs straight into the storage, each by an address that was granted for it. It lies beside the blobs of a
 * {@link BlobStore}, none of which such an address leads to.
 *
 * <p>Keys are made of {@code [a-z0-9-]}. Calls throw {@link BlobStoreUnavailable} where the storage does not answer.
 */
public interface Landing {
    /**
     * @param from some time ago, as clocks differ
     * @return an address that lets whoever has it put this one blob, and neither read nor delete it: a secret; none where nobody
     *     else reaches this storage
     */
    Optional<URI> grant(String key, Instant from, Instant until);

    /**
     * One blob from its first byte to its last: if another is put in its place meanwhile, reading ends with an error.
     *
     * @throws NoSuchBlob if nothing was put there, or not all of it
     */
    InputStream open(String key);

    /** Removes what was put there, made into a blob or not. */
    void discard(String key);
}
