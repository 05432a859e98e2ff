package io.gantry.benchmarks.processes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder of one measurement, gone with it. */
public record Scratch(Path folder) implements AutoCloseable {
    public static Scratch create(String name) {
        try {
            return new Scratch(Files.createTempDirectory("gantry-bench-" + name + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException("Making a folder to measure in", e);
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
