package io.gantry.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of a test in a process of its own, so that it can die and the test live. */
public final class OwnProcess {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private OwnProcess() {}

    /**
     * @param main its {@code main} is run with the test's own class path
     * @return its exit code
     * @throws AssertionError if it has not ended after four minutes
     */
    public static int run(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(main, arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(main.getSimpleName() + " has not ended within " + PATIENCE);
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return command;
    }
}
