package io.gantry.bootstrapper.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What one service is made from.
 *
 * @param path a folder, or a zip that is ready
 */
public record Source(String service, Path path) {
    /** A zip that is ready to be sent, or one made for it that goes when closed. */
    public record Zip(Path path, boolean temporary) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (temporary) {
                Files.delete(path);
            }
        }
    }

    public Zip zip() throws IOException {
        if (Files.isRegularFile(path)) {
            return new Zip(path, false);
        }
        Path zip = Files.createTempFile("gantry-" + service + "-", ".zip");
        try {
            FolderZip.pack(path, zip);
            return new Zip(zip, true);
        } catch (IOException | RuntimeException unpackable) {
            Files.delete(zip);
            throw unpackable;
        }
    }
}
