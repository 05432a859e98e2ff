package io.gantry.bootstrapper.backup;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a backup: beside the file first, under its name when it is whole and on the disk. Behind the header is, encrypted, a zip: first
 * the manifest, last the list of all parts with their digests. It is a zip since the size of a part need not be known before.
 */
public final class BackupWriter implements AutoCloseable {
    static final String MANIFEST = "manifest.json";
    static final String PARTS = "parts.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Path growing;
    private final FileChannel channel;
    private final ZipOutputStream zip;
    private final List<Part> parts = new ArrayList<>();

    private BackupWriter(Path file, Path growing, FileChannel channel, ZipOutputStream zip) {
        this.file = file;
        this.growing = growing;
        this.channel = channel;
        this.zip = zip;
    }

    /** Something that is written piece by piece. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * @param replace whether a file of that name may be replaced
     * @throws GaveUpException if there is one, and it may not
     */
    public static BackupWriter create(Path file, boolean replace, Passphrase passphrase, Manifest manifest)
            throws IOException {
        requireFree(file, replace);
        Path growing = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(growing);
        FileChannel channel = FileChannel.open(
                growing,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var header = Header.draw(new SecureRandom());
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
        out.write(header.bytes());
        var zip = new ZipOutputStream(Seal.of(header, passphrase).over(out));
        zip.setLevel(Deflater.NO_COMPRESSION);
        var writer = new BackupWriter(file, growing, channel, zip);
        writer.add(MANIFEST, to -> to.write(JSON.writeValueAsBytes(manifest)));
        return writer;
    }

    /** @throws GaveUpException if there is a file of that name, and it may not be replaced */
    public static void requireFree(Path file, boolean replace) {
        if (Files.exists(file) && !replace) {
            throw new GaveUpException(
                    ExitCode.CONFLICT, file + " is there already", "Name another file, or replace it: --force");
        }
    }

    public Part add(String name, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        var counted = new CountedOutput(zip);
        content.writeTo(counted);
        zip.closeEntry();
        Part part = counted.part(name);
        parts.add(part);
        return part;
    }

    /** The file is there afterwards, also if the power fails. */
    public void finish() throws IOException {
        zip.putNextEntry(new ZipEntry(PARTS));
        zip.write(JSON.writeValueAsBytes(parts));
        zip.closeEntry();
        zip.finish();
        zip.flush();
        sealed();
        Files.move(growing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(Objects.requireNonNull(file.toAbsolutePath().getParent(), "A file is in a folder"));
    }

    /** The encryption's last segment is written when it is closed, and the channel with it. */
    private void sealed() throws IOException {
        zip.close();
        sync(growing);
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel there = FileChannel.open(path, StandardOpenOption.READ)) {
            there.force(true);
        }
    }

    /** What is not finished is nothing. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(growing);
    }
}
