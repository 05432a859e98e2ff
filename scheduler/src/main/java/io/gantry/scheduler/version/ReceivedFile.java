package io.gantry.scheduler.version;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A bundle that has arrived in full. Its file is gone when this is closed.
 *
 * @param sha256 64 lower-case hexadecimal digits
 */
record ReceivedFile(Path path, String sha256, long size) implements AutoCloseable {
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw new UncheckedIOException("Can't remove the received file " + path, failed);
        }
    }
}
