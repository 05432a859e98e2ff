package io.gantry.bootstrapper.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a file that its owner alone may read, whole or not at all. */
public final class OwnersFile {
    private static final FileAttribute<?> FOLDER = mode("rwx------");
    private static final FileAttribute<?> FILE = mode("rw-------");

    private OwnersFile() {}

    public static void write(Path file, String content) {
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent(), FOLDER);
            Path fresh = Files.createTempFile(folder, ".", ".new", FILE);
            Files.writeString(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("Writing " + file, unwritable);
        }
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
