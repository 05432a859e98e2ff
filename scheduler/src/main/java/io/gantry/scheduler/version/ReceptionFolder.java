package io.gantry.scheduler.version;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Where bundles lie while they are checked: a folder of this scheduler's own, held by a lock. What a scheduler left behind that
 * died is found at the next start: its lock is free.
 */
@Component
class ReceptionFolder implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(ReceptionFolder.class);
    private static final String LOCK = ".lock";

    private final Path own;
    private final FileChannel lock;

    ReceptionFolder(UploadSettings settings) throws IOException {
        Files.createDirectories(settings.folder());
        this.own = Files.createTempDirectory(settings.folder(), "scheduler-");
        this.lock = FileChannel.open(own.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        this.lock.lock();
        sweep(settings.folder());
    }

    Path newFile() {
        try {
            return Files.createTempFile(own, "bundle-", ".zip");
        } catch (IOException failed) {
            throw new UncheckedIOException("Can't make a file for a bundle in " + own, failed);
        }
    }

    Path path() {
        return own;
    }

    private void sweep(Path all) throws IOException {
        try (Stream<Path> folders = Files.list(all)) {
            for (Path folder : folders.filter(path -> !path.equals(own)).toList()) {
                if (isAbandoned(folder)) {
                    log.info("Removing what a scheduler left behind: {}", folder);
                    FileSystemUtils.deleteRecursively(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                @Nullable FileLock free = channel.tryLock()) {
            return free != null;
        } catch (IOException | OverlappingFileLockException notOurs) {
            return false;
        }
    }

    @Override
    public void destroy() throws IOException {
        lock.close();
        FileSystemUtils.deleteRecursively(own);
    }
}
