package io.gantry.benchmarks.processes;

import io.gantry.benchmarks.measure.Missing;
import io.gantry.benchmarks.measure.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of other projects that we measure ourselves against. */
public final class Packages {
    private static final Path APT = Path.of("/usr/bin/apt-get");
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin");

    private Packages() {}

    /**
     * Where the program is. On Debian and Ubuntu, as root, its package is installed if it is nowhere.
     *
     * @throws Missing if it is nowhere and can't be installed; says how to
     */
    public static Path program(String program, String debianPackage, Progress progress)
            throws IOException, InterruptedException {
        Optional<Path> found = find(program);
        if (found.isPresent()) {
            return found.get();
        }
        install(program, debianPackage, progress);
        return find(program)
                .orElseThrow(() -> new Missing("The package %s brought no %s".formatted(debianPackage, program)));
    }

    private static Optional<Path> find(String program) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void install(String program, String debianPackage, Progress progress)
            throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name")) || !Files.isExecutable(APT)) {
            throw new Missing("There is no %s to compare with. Install it (Debian, Ubuntu: apt-get install %s)."
                    .formatted(program, debianPackage));
        }
        progress.say("installing %s (apt-get install %s)".formatted(program, debianPackage));
        apt("update", "-q");
        apt("install", "-y", "-q", "--no-install-recommends", debianPackage);
    }

    private static void apt(String... words) throws IOException, InterruptedException {
        Command.run(
                Map.of("DEBIAN_FRONTEND", "noninteractive"),
                Stream.concat(Stream.of(APT.toString()), Stream.of(words)).toList());
    }
}
