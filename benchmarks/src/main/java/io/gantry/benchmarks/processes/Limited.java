package io.gantry.benchmarks.processes;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that takes minutes: it is waited for so long and no longer, and ends when the measurement is interrupted. */
public record Limited(Map<String, String> environment, Path log) {
    private static final Duration TO_END = Duration.ofSeconds(20);

    /** @param log file that takes what they print */
    public Limited {
        environment = Map.copyOf(environment);
    }

    /** @throws IllegalStateException naming its log, if it fails or goes on for longer */
    public void run(Duration patience, List<String> words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException("%s %s; its last words, in %s: %s"
                        .formatted(
                                String.join(" ", words),
                                ended ? "ended with " + process.exitValue() : "went on for more than " + patience,
                                log,
                                lastWords()));
            }
        } finally {
            process.destroy();
            process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }
}
