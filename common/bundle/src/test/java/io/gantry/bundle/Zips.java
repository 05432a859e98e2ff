package io.gantry.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Writes zips for tests; {@link #patched} then makes them say what no archiver would. */
public final class Zips {
    private final Path path;
    private final ZipArchiveOutputStream zip;

    private Zips(Path path) throws IOException {
        this.path = path;
        this.zip = new ZipArchiveOutputStream(path);
        this.zip.setUseZip64(Zip64Mode.Never);
    }

    public static Zips at(Path folder) {
        try {
            return new Zips(Files.createTempFile(folder, "bundle", ".zip"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public Zips file(String name, String text) {
        return entry(name, UnixStat.FILE_FLAG | 0600, text.getBytes(UTF_8));
    }

    public Zips file(String name, byte[] bytes) {
        return entry(name, UnixStat.FILE_FLAG | 0600, bytes);
    }

    public Zips entry(String name, int mode, byte[] bytes) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setUnixMode(mode);
        return entry(entry, bytes);
    }

    public Zips stored(String name, byte[] bytes) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setMethod(ZipArchiveEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        return entry(entry, bytes);
    }

    private Zips entry(ZipArchiveEntry entry, byte[] bytes) {
        try {
            zip.putArchiveEntry(entry);
            zip.write(bytes);
            zip.closeArchiveEntry();
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public Path done() {
        try {
            zip.close();
            return path;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The bytes of the zip, changed by whoever knows where. */
    Path patched(UnaryOperator<byte[]> change) {
        try {
            return Files.write(done(), change.apply(Files.readAllBytes(path)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Replaces every occurrence of a name by another of the same length. */
    Path renamed(String from, String to) {
        return patched(bytes -> Patch.replaceAll(bytes, from.getBytes(UTF_8), to.getBytes(UTF_8)));
    }
}
