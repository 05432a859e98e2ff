package io.gantry.acceptance.driver;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command line, as a process of its own, told where the platform is.
 *
 * @param portBase what the platform's ports are counted from
 */
public record CommandLine(int portBase) {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String PROGRAM =
            Path.of("..", "bootstrapper", "target", "gantry", "gantry.jar").toString();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** How a verb ended, and what it said. */
    public record Ran(int exitCode, String out, String err) {}

    public Ran run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("gantry", ".out");
        Path err = Files.createTempFile("gantry", ".err");
        try {
            var process = start(arguments, out, err);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
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
        process.environment().put("GANTRY_PORT_BASE", Integer.toString(portBase));
        return process.start();
    }
}
