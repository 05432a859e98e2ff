package io.gantry.bootstrapper.backup;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A backup that was written, to be read. */
public final class BackupFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Header header;
    private final Seal seal;

    private BackupFile(Path file, Header header, Seal seal) {
        this.file = file;
        this.header = header;
        this.seal = seal;
    }

    /** @throws GaveUpException if it is no backup, or can't be opened by this passphrase */
    public static BackupFile open(Path file, Passphrase passphrase) throws IOException {
        if (!Files.isReadable(file)) {
            throw new GaveUpException(
                    ExitCode.NOT_FOUND, "There is no file %s to be read".formatted(file), "Name a backup.");
        }
        Header header;
        try (InputStream in = Files.newInputStream(file)) {
            header = Header.read(in, file);
        }
        var backup = new BackupFile(file, header, Seal.of(header, passphrase));
        backup.requireKey();
        return backup;
    }

    private void requireKey() throws IOException {
        try (InputStream plain = plain()) {
            plain.read();
        } catch (IOException refused) {
            throw Damaged.locked(file);
        }
    }

    private InputStream plain() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.skipNBytes(header.bytes().length);
        return seal.off(in);
    }

    /** Takes a part as a stream, which may be closed. What it leaves unread is passed over. */
    @FunctionalInterface
    public interface Reader {
        void read(String name, InputStream content) throws IOException;
    }

    /**
     * Reads all of it, and makes nothing of it.
     *
     * @throws GaveUpException if anything is not as it was written
     */
    public Contents verify() throws IOException {
        var tally = new Tally();
        try (InputStream plain = plain();
                var zip = new ZipInputStream(plain)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                tally.take(entry.getName(), zip);
            }
            plain.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | JacksonException broken) {
            throw Damaged.within(file, "it ends too early, or was changed (%s)".formatted(broken.getMessage()));
        }
        return tally.contents(file);
    }

    /** What the parts come to, against what the backup says they are. */
    private static final class Tally {
        private final List<Part> seen = new ArrayList<>();
        private List<Part> told = List.of();
        private List<Manifest> manifest = List.of();

        void take(String name, InputStream content) throws IOException {
            if (name.equals(BackupWriter.PARTS)) {
                told = List.of(JSON.readValue(content.readAllBytes(), Part[].class));
                return;
            }
            var counted = new CountedOutput(OutputStream.nullOutputStream());
            if (name.equals(BackupWriter.MANIFEST)) {
                byte[] bytes = content.readAllBytes();
                manifest = List.of(JSON.readValue(bytes, Manifest.class));
                counted.write(bytes);
            } else {
                content.transferTo(counted);
            }
            seen.add(counted.part(name));
        }

        Contents contents(Path file) {
            if (manifest.isEmpty() || !seen.equals(told)) {
                throw Damaged.within(file, "its parts are not those that it lists");
            }
            return new Contents(manifest.getFirst(), seen);
        }
    }

    /** To be called once {@link #verify} has seen that all is well. */
    public void read(Predicate<String> wanted, Reader reader) throws IOException {
        try (var zip = new ZipInputStream(plain())) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (wanted.test(entry.getName())) {
                    reader.read(entry.getName(), new Unclosed(zip));
                }
            }
        }
    }

    /** Whoever is done with a part is not done with the backup. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // The rest is still to be read.
        }
    }
}
