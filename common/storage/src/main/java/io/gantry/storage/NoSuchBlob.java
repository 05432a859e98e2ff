package io.gantry.storage;

/** There is no blob with this key. */
public final class NoSuchBlob extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NoSuchBlob(String key) {
        super("There is no blob " + key);
    }
}
