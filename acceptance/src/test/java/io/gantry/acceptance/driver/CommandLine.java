package io.gantry.acceptance.driver;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final int AT_MOST = 3;
    /** How a process ends that was killed. */
    public static final int KILLED = 137;

    /** @param portBase what the platform's ports are counted from */
    public static CommandLine ofPlatformAt(int portBase) {
        return new CommandLine(Map.of("GANTRY_PORT_BASE", Integer.toString(portBase)));
    }

    CommandLine with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new CommandLine(more);
    }

    /** How a verb ended, and what it said. */
    public record Ran(int exitCode, String out, String err) {}

    public Ran run(String... arguments) throws IOException, InterruptedException {
        return run(PATIENCE, arguments);
    }

    /** A verb that may take its time. */
    Ran run(Duration patience, String... arguments) throws IOException, InterruptedException {
        return run(patience, _ -> {}, arguments);
    }

    /**
     * A verb that was run before, until it has nothing to do, but not often: where a service was just too slow to say that it is ready,
     * as on a busy machine, there was something to do.
     */
    Ran untilNothingToDo(Duration patience, String... arguments) throws IOException, InterruptedException {
        Ran again = run(patience, arguments);
        for (int times = 1; times < AT_MOST && !again.err().contains("Nothing to do"); times++) {
            again = run(patience, arguments);
        }
        return again;
    }

    /** @param hears each line that the verb says along its way; the next one is read when it returns */
    Ran run(Duration patience, Consumer<String> hears, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("gantry", ".out");
        try {
            var process = start(arguments, out);
            var said = new StringBuffer();
            var listener = CompletableFuture.runAsync(() -> listen(process, said, hears), Thread::startVirtualThread);
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("%s goes on: %s".formatted(List.of(arguments), said));
            }
            listener.join();
            return new Ran(process.exitValue(), Files.readString(out), said.toString());
        } finally {
            Files.delete(out);
        }
    }

    /**
     * A verb that is killed as soon as something is so: as {@code kill -9} does.
     *
     * @param so given all that the verb has said along its way
     */
    Ran killedWhen(Predicate<String> so, Duration patience, String... arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("gantry", ".out");
        var process = start(arguments, out);
        try {
            var said = new StringBuffer();
            var listener = CompletableFuture.runAsync(() -> listen(process, said, _ -> {}), Thread::startVirtualThread);
            await(List.of(arguments) + " comes so far, or ends")
                    .atMost(patience)
                    .pollInterval(OFTEN)
                    .until(() -> !process.isAlive() || so.test(said.toString()));
            process.toHandle().destroyForcibly();
            process.waitFor();
            listener.join();
            return new Ran(process.exitValue(), Files.readString(out), said.toString());
        } finally {
            process.destroyForcibly();
            Files.delete(out);
        }
    }

    private static void listen(Process process, StringBuffer said, Consumer<String> hears) {
        try (var lines = process.errorReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                hears.accept(line);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Process start(String[] arguments, Path out) throws IOException {
        var command = Stream.concat(Stream.of(JAVA, "-XX:TieredStopAtLevel=1", "-jar", PROGRAM), Stream.of(arguments));
        var process = new ProcessBuilder(command.toList())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile());
        process.environment().putAll(environment);
        return process.start();
    }
}
