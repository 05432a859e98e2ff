package io.gantry.scheduler.version;

import java.net.URI;
import java.time.Instant;

/**
 * Lets somebody put one zip straight into the storage.
 *
 * @param id of the upload, by which it is said to be done
 * @param url of one blob, for blocks and their list as Azure Blob Storage takes them; whoever knows it may put that blob: a secret
 * @param expiresAt when it is good for nothing more
 */
record UploadGrant(String id, URI url, Instant expiresAt) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "UploadGrant[id=%s, expiresAt=%s]".formatted(id, expiresAt);
    }
}
