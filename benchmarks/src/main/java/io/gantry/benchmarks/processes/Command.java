package io.gantry.benchmarks.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** A program that is run to its end. */
public final class Command {
    private Command() {}

    /**
     * @return what it printed
     * @throws IllegalStateException with what it printed, if it ends with another code than 0
     */
    public static String run(Map<String, String> environment, List<String> words)
            throws IOException, InterruptedException {
        return run(environment, words, "");
    }

    /** @param input that it reads; some KiB, which a pipe holds though nobody has read them yet */
    public static String fed(String input, List<String> words) throws IOException, InterruptedException {
        return run(Map.of(), words, input);
    }

    private static String run(Map<String, String> environment, List<String> words, String input)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            try (OutputStream toIt = process.getOutputStream()) {
                toIt.write(input.getBytes(UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        "%s ended with %d:%n%s".formatted(String.join(" ", words), process.exitValue(), output));
            }
            return output;
        } finally {
            process.destroy();
        }
    }

    public static String run(String... words) throws IOException, InterruptedException {
        return run(Map.of(), List.of(words));
    }
}
