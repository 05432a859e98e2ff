package io.gantry.benchmarks.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory processes hold, in MiB, as the kernel tells it. */
public final class Memory {
    private static final double KIB_PER_MIB = 1024;

    private Memory() {}

    /** Resident: what {@code ps} and {@code top} show. */
    public static double resident(long pid) {
        return read(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:");
    }

    /** Of the process, its children and their children: what is shared between them is counted once. */
    public static double proportionalOfFamily(long pid) {
        Stream<ProcessHandle> family = ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
        return family.mapToDouble(member -> read(Path.of("/proc", Long.toString(member.pid()), "smaps_rollup"), "Pss:"))
                .sum();
    }

    private static double read(Path file, String field) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
                    .findFirst()
                    .orElse(0);
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("Reading " + file, e);
        }
    }
}
