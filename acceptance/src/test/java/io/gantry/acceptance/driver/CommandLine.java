package io.gantry.acceptance.driver;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command line, as a process of its own.
 *
 * @param environment what tells it where the platform is
 */
public record CommandLine(Map<String, String> environment) {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String PROGRAM =
            Path.of("..", "bootstrapper", "target", "gantry", "gantry.jar").toString();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** @param portBase what the platform's ports are counted from */
    public static CommandLine ofPlatformAt(int portBase) {
        return new CommandLine(Map.of("GANTRY_PORT_BASE", Integer.toString(portBase)));
    }

    /** How a verb ended, and what it said. */
    public record Ran(int exitCode, String out, String err) {}

    public Ran run(String... arguments) throws IOException, InterruptedException {
        return run(PATIENCE, arguments);
    }

    /** A verb that may take its time. */
    Ran run(Duration patience, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("gantry", ".out");
        Path err = Files.createTempFile("gantry", ".err");
        try {
            var process = start(arguments, out, err);
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("%s goes on: %s".formatted(List.of(arguments), Files.readString(err)));
            }
            return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private Process start(String[] arguments, Path out, Path err) throws IOException {
        var command = Stream.concat(Stream.of(JAVA, "-XX:TieredStopAtLevel=1", "-jar", PROGRAM), Stream.of(arguments));
        var process = new ProcessBuilder(command.toList())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        process.environment().putAll(environment);
        return process.start();
    }
}
