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
 * A project of docker-compose on this machine's Docker Engine, described by {@code docker-compose.yml}.
 *
 * @param environment its ports and its fleet
 */
public record Compose(String project, Map<String, String> environment) {
    private static final File ROOT = new File("..");
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** Everything: the platform too. */
    String platform(String... arguments) throws IOException, InterruptedException {
        return compose(Stream.of("--profile", "platform"), arguments);
    }

    /** What the platform stands on: database, broker, container registry, blob storage. */
    public String backing(String... arguments) throws IOException, InterruptedException {
        return compose(Stream.of(), arguments);
    }

    private String compose(Stream<String> profile, String... arguments) throws IOException, InterruptedException {
        var command = Stream.of(Stream.of("docker-compose", "--project-name", project), profile, Stream.of(arguments))
                .flatMap(part -> part)
                .toList();
        return run(environment, command);
    }

    /** @return what it said */
    static String run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("gantry", ".out");
        try {
            var builder = new ProcessBuilder(command)
                    .directory(ROOT)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().putAll(environment);
            // Of an engine that is busy it asks for an answer within a minute otherwise.
            builder.environment().put("COMPOSE_HTTP_TIMEOUT", Long.toString(PATIENCE.toSeconds()));
            Process process = builder.start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("%s goes on: %s".formatted(command, Files.readString(said)));
            }
            if (process.exitValue() != 0) {
                throw new AssertionError("%s failed: %s".formatted(command, Files.readString(said)));
            }
            return Files.readString(said);
        } finally {
            Files.delete(said);
        }
    }
}
