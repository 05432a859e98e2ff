package io.gantry.bundle;

/**
 * How much a bundle may be.
 *
 * @param zipBytes size of the zip itself
 * @param unpackedBytes of all entries together, counted while inflating
 * @param entries files and folders
 * @param ratio unpacked bytes for each byte of the zip; the first {@link #ALWAYS_ALLOWED} bytes are free
 */
public record BundleLimits(long zipBytes, long unpackedBytes, int entries, int ratio) {
    public static final BundleLimits DEFAULT = new BundleLimits(512L << 20, 2L << 30, 20_000, 100);

    /** So little does no harm, however well it was packed. */
    public static final long ALWAYS_ALLOWED = 1 << 20;

    /** Room for the zip's list of entries: names of 400 bytes on average. */
    private static final long DIRECTORY_BYTES_PER_ENTRY = 512;

    long directoryBytes() {
        return entries * DIRECTORY_BYTES_PER_ENTRY;
    }

    /** What a zip of this size may unpack to before its ratio is refused. */
    long bytesAllowedByRatio(long zipSize) {
        return Math.max(ALWAYS_ALLOWED, zipSize * ratio);
    }
}
