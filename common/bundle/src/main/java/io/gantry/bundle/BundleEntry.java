package io.gantry.bundle;

/**
 * A file or folder of a bundle.
 *
 * @param path below the bundle's top, {@code /} between its parts, none at either end
 * @param size in bytes, 0 for a folder; checked while the entry is read
 */
public record BundleEntry(String path, long size, boolean executable, boolean folder) {
    private static final int FILE_MODE = 0644;
    private static final int EXECUTABLE_MODE = 0755;

    /** The Unix permissions it gets, whatever the zip says: 0755 for folders and programs, else 0644. */
    public int mode() {
        return executable || folder ? EXECUTABLE_MODE : FILE_MODE;
    }

    public boolean isAtTop() {
        return path.indexOf('/') < 0;
    }
}
