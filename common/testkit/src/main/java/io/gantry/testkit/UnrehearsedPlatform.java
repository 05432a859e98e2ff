package io.gantry.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * The platform's code with a rehearsal that fails. Its image is built in a fraction of the time, and services start more slowly from
 * it: for tests of something else than how services start.
 */
public final class UnrehearsedPlatform {
    private static final String REHEARSAL = "rehearse";

    private UnrehearsedPlatform() {}

    /**
     * @param code what an image is built from
     * @param copy a folder that is not there yet
     * @return the copy
     */
    public static Path of(Path code, Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(code)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(code.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.writeString(copy.resolve(REHEARSAL), "#!/bin/sh\nexit 1\n");
        return copy;
    }
}
