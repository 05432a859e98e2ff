package io.gantry.storage;

/** The blob store does not answer, or not as it should. Trying again may help. */
public final class BlobStoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BlobStoreUnavailable(String operation, String key, Throwable cause) {
        super("Can't %s the blob %s: %s".formatted(operation, key, cause.getMessage()), cause);
    }
}
