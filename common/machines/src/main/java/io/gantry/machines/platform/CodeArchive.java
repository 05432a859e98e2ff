package io.gantry.machines.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.contract.Sha256;
import io.gantry.storage.BlobStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * All that the platform image is built from, in one tar: its Dockerfile, the program that starts a service, the libraries. The same
 * code gives the same bytes, wherever and whenever it is packed.
 *
 * @param file the tar
 * @param sha256 of its bytes, in hexadecimal digits
 */
public record CodeArchive(Path file, String sha256) {
    static final String CONTAINER = "platform";
    private static final int PROGRAM = 0755;
    private static final int FILE = 0644;

    /**
     * Packs what the build made.
     *
     * @param folder {@code platform/target/platform}
     * @param file where the tar is written; overwritten
     */
    public static CodeArchive pack(Path folder, Path file) {
        var sha256 = new Sha256();
        try (OutputStream out = sha256.writing(Files.newOutputStream(file));
                var tar = new TarArchiveOutputStream(out, UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Path each : filesIn(folder)) {
                add(tar, folder.relativize(each).toString(), each);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Packing the platform's code in " + folder, failure);
        }
        return new CodeArchive(file, sha256.hex());
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** When a file was written and by whom is no part of it. */
    private static void add(TarArchiveOutputStream tar, String name, Path file) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(Files.size(file));
        entry.setMode(Files.isExecutable(file) ? PROGRAM : FILE);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
    }

    /** Where it lies in blob storage. */
    public static String key(String sha256) {
        return "platform/%s.tar".formatted(sha256);
    }

    /** There afterwards; once is enough for ever. */
    public void publish(BlobStore storage) {
        storage.put(key(sha256), file);
    }
}
