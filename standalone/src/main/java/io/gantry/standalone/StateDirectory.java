package io.gantry.standalone;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Where a platform keeps what must survive a restart. One process at a time has it. */
final class StateDirectory implements AutoCloseable {
    /** Raised whenever an older Gantry could no longer read what is there. */
    private static final String LAYOUT = "1";

    private final Path path;
    private final FileChannel lock;

    private StateDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static StateDirectory open(Path path) {
        try {
            Path absolute = path.toAbsolutePath().normalize();
            Files.createDirectories(absolute);
            Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
            var state = new StateDirectory(absolute, locked(absolute));
            state.requireKnownLayout();
            return state;
        } catch (IOException failure) {
            throw new CannotStart("The state directory %s can't be used: %s".formatted(path, failure), failure);
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Tells what belongs to this platform from what belongs to another on the same Docker Engine. */
    String fleet() {
        return remembered("fleet", Integer.toUnsignedString(new SecureRandom().nextInt(), 36));
    }

    /** The file's text; written at the first call, kept for ever. */
    private String remembered(String name, String first) {
        Path file = resolve(name);
        try {
            if (Files.notExists(file)) {
                Files.writeString(file, first);
            }
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException("The file " + file + " of the state directory", failure);
        }
    }

    private void requireKnownLayout() {
        String found = remembered("layout", LAYOUT);
        if (!found.equals(LAYOUT)) {
            throw new CannotStart(
                    "The state directory %s was written by another version of Gantry (layout %s, this one reads %s). Use that version, or another --state-dir"
                            .formatted(path, found, LAYOUT));
        }
    }

    private static FileChannel locked(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(directory.resolve("lock"), CREATE, READ, WRITE);
        if (tryLock(channel) == null) {
            String holder = Files.readString(directory.resolve("lock")).strip();
            channel.close();
            throw new CannotStart(
                    "Gantry is already running on %s (process %s). Stop it first; or give this one a place of its own: --state-dir and --port-base"
                            .formatted(directory, holder));
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("Unlocking " + path, failure);
        }
    }
}
