package io.gantry.bundle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder in which bundles lie for a while, of this process's own. It is held by a lock as long as the process lives: what
 * one that died left behind is removed by the next that begins beside it.
 */
public final class HeldFolder implements AutoCloseable {
    private static final String LOCK = ".lock";
    private static final String NAME = "held-";

    /** Longer than any process takes from making a folder to locking it. */
    private static final Duration HALF_MADE = Duration.ofMinutes(1);

    /** Whoever closes a file gives up every lock that its process has on it, so one's own must not even be opened. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private HeldFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * A new one, when those that nobody holds any more have been removed.
     *
     * @param root where they all are; it is made if it is not there
     */
    public static HeldFolder in(Path root) throws IOException {
        Path real = Files.createDirectories(root).toRealPath();
        for (Path folder : foldersIn(real)) {
            if (!OWN.contains(folder)) {
                removeIfAbandoned(folder);
            }
        }
        Path own = Files.createTempDirectory(real, NAME);
        OWN.add(own);
        removeHalfMadeLongBefore(own);
        return new HeldFolder(own, held(own));
    }

    /** Without a lock of that name nobody takes it for abandoned, so it is given the name when it is locked. */
    private static FileChannel held(Path folder) throws IOException {
        Path unnamed = folder.resolve(LOCK + ".new");
        FileChannel lock = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        Files.move(unnamed, folder.resolve(LOCK));
        return lock;
    }

    private static List<Path> foldersIn(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.exists(folder.resolve(LOCK))).toList();
        }
    }

    /** A process that died before it had locked its folder, or after it had given up the lock, left one that nobody can hold. */
    private static void removeHalfMadeLongBefore(Path own) throws IOException {
        Instant limit = Files.getLastModifiedTime(own).toInstant().minus(HALF_MADE);
        try (DirectoryStream<Path> folders =
                Files.newDirectoryStream(Objects.requireNonNull(own.getParent()), NAME + "*")) {
            for (Path folder : folders) {
                removeIfHalfMade(folder, limit);
            }
        }
    }

    private static void removeIfHalfMade(Path folder, Instant limit) throws IOException {
        try {
            if (!Files.exists(folder.resolve(LOCK))
                    && Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
                remove(folder);
            }
        } catch (NoSuchFileException removedByAnother) {
            return;
        }
    }

    /** By one process, if several want to. */
    private static void removeIfAbandoned(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                @Nullable FileLock free = channel.tryLock()) {
            if (free != null) {
                remove(folder);
            }
        } catch (NoSuchFileException removedByAnother) {
            return;
        }
    }

    /** The lock last: until then nobody else begins with it. */
    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !file.endsWith(LOCK)).toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder.resolve(LOCK));
        Files.deleteIfExists(folder);
    }

    /** Empty, readable by its owner alone. */
    public Path newFile() throws IOException {
        return Files.createTempFile(path, "bundle-", ".zip");
    }

    public Path path() {
        return path;
    }

    /** It is gone, with all that is in it. */
    @Override
    public void close() throws IOException {
        remove(path);
        lock.close();
        OWN.remove(path);
    }
}
