package io.gantry.bundle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A bundle, open for reading. Nothing is unpacked; entries are inflated as they are read, in any order and by any thread.
 *
 * <p>A folder at the top that holds everything is looked through: {@code shop/app.py} is {@code app.py}. What macOS adds to
 * a zip ({@code __MACOSX}, {@code .DS_Store}) is left out.
 */
public final class BundleFile implements Closeable {
    private static final int ANY_EXECUTE = 0111;

    private final ZipFile zip;
    private final SortedMap<String, ZipArchiveEntry> zipEntries;
    private final List<BundleEntry> entries;

    private BundleFile(ZipFile zip, SortedMap<String, ZipArchiveEntry> zipEntries) {
        this.zip = zip;
        this.zipEntries = zipEntries;
        this.entries = zipEntries.entrySet().stream()
                .map(entry -> described(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * Opens a zip and checks all that can be known without inflating it.
     *
     * @throws BundleRefused if it is no zip, or one that may not be taken
     */
    public static BundleFile open(Path path, BundleLimits limits) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return open(file, limits);
        } catch (IOException | RuntimeException refused) {
            file.close();
            throw refused;
        }
    }

    private static BundleFile open(FileChannel file, BundleLimits limits) throws IOException {
        ZipBytes bytes = new ZipBytes(file);
        long end = ZipDirectory.check(bytes, limits);
        ZipFile zip = readable(file);
        List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
        entries.forEach(ZipEntries::refuseWhatIsNoPlainFile);
        entries.forEach(ZipEntries::refuseWhatCannotBeRead);
        SortedMap<String, ZipArchiveEntry> byPath = EntryPaths.of(entries);
        ZipEntries.refuseMismatches(entries, bytes, end);
        ZipEntries.refuseBombs(entries, bytes.size(), limits);
        if (byPath.values().stream().allMatch(ZipArchiveEntry::isDirectory)) {
            throw BundleRefused.zip(Refusal.EMPTY_ZIP, "The zip is empty: it holds no file");
        }
        return new BundleFile(zip, byPath);
    }

    private static ZipFile readable(FileChannel file) {
        try {
            return ZipFile.builder()
                    .setSeekableByteChannel(file)
                    .setIgnoreLocalFileHeader(true)
                    .setUseUnicodeExtraFields(false)
                    .get();
        } catch (IOException | IllegalArgumentException unreadable) {
            throw BundleRefused.zip(Refusal.NOT_A_ZIP, "This is not a zip that can be taken", unreadable);
        }
    }

    private static BundleEntry described(String path, ZipArchiveEntry entry) {
        return entry.isDirectory()
                ? new BundleEntry(path, 0, false, true)
                : new BundleEntry(path, entry.getSize(), (entry.getUnixMode() & ANY_EXECUTE) != 0, false);
    }

    /** Sorted by path. Folders are there where the zip has an entry for them. */
    public List<BundleEntry> entries() {
        return entries;
    }

    public Optional<BundleEntry> file(String path) {
        return Optional.ofNullable(zipEntries.get(path))
                .filter(entry -> !entry.isDirectory())
                .map(entry -> described(path, entry));
    }

    /**
     * The bytes of one file. Reading throws {@link BundleRefused} where they are not what the zip says of them.
     *
     * @param entry one of this bundle's
     */
    public InputStream read(BundleEntry entry) throws IOException {
        ZipArchiveEntry zipEntry = zipEntries.get(entry.path());
        if (zipEntry == null || entry.folder()) {
            throw new IllegalArgumentException("Not a file of this bundle: " + entry.path());
        }
        return new EntryStream(zip.getInputStream(zipEntry), zipEntry);
    }

    /**
     * Inflates every file once, so that no later reader meets a surprise.
     *
     * @throws BundleRefused at the first file that is not what the zip says of it
     */
    public void verify() throws IOException {
        for (BundleEntry entry : entries) {
            if (!entry.folder()) {
                try (InputStream bytes = read(entry)) {
                    bytes.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
