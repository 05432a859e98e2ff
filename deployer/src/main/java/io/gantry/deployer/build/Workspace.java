package io.gantry.deployer.build;

import io.gantry.messaging.Tokens;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * A folder of this deployer's own for files that live as long as one build. It is locked while the deployer lives, so that
 * the next one to start knows which folders nobody will tidy up any more.
 */
@Component
class Workspace {
    private static final Logger log = LoggerFactory.getLogger(Workspace.class);
    private static final String LOCK = ".lock";

    private final Path folder;
    private final FileChannel lock;

    Workspace(BuildSettings settings, Tokens tokens) throws IOException {
        Files.createDirectories(settings.workspace());
        sweep(settings.workspace());
        folder = Files.createDirectory(settings.workspace().resolve(tokens.next()));
        lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock();
    }

    Path newFile() throws IOException {
        return Files.createTempFile(folder, "", ".zip");
    }

    @PreDestroy
    void close() throws IOException {
        lock.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    private static void sweep(Path workspace) throws IOException {
        for (Path folder : folders(workspace)) {
            if (isAbandoned(folder)) {
                log.info("Removing {}, which a deployer left behind", folder);
                FileSystemUtils.deleteRecursively(folder);
            }
        }
    }

    private static List<Path> folders(Path workspace) throws IOException {
        try (Stream<Path> folders = Files.list(workspace)) {
            return folders.filter(folder -> Files.exists(folder.resolve(LOCK))).toList();
        }
    }

    private static boolean isAbandoned(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException inUseByThisProcess) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Looking whether %s is in use".formatted(folder), unreadable);
        }
    }
}
