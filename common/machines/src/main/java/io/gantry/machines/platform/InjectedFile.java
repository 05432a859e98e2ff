package io.gantry.machines.platform;

/**
 * A file that is put into a container before it starts: the only way by which a secret reaches a platform service.
 *
 * @param path absolute, in the container
 * @param content text; may be secret
 * @param uid of the user who runs the container's program; the file is theirs
 * @param mode permissions, as in {@code 0400}
 */
public record InjectedFile(String path, String content, int uid, int mode) {
    private static final int OWNER_READS = 0400;

    static InjectedFile secret(String path, String content, int uid) {
        return new InjectedFile(path, content, uid, OWNER_READS);
    }

    /** Without the content. */
    @Override
    public String toString() {
        return "InjectedFile[path=%s, uid=%d, mode=%o]".formatted(path, uid, mode);
    }
}
