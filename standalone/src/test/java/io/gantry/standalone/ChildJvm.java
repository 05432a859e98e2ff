package io.gantry.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program of these tests in a JVM of its own, which can be killed like any other process. */
final class ChildJvm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final BlockingQueue<Optional<String>> output = new LinkedBlockingQueue<>();

    private ChildJvm(Process process) {
        this.process = process;
    }

    static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx224m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        var child = new ChildJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        Thread.startVirtualThread(child::read);
        return child;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            lines.lines().map(Optional::of).forEach(output::add);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            output.add(Optional.empty());
        }
    }

    /** Waits for a line that holds a text. */
    void awaitLine(String text) throws InterruptedException {
        List<String> before = new ArrayList<>();
        for (Optional<String> line = next(); line.isPresent(); line = next()) {
            if (line.get().contains(text)) {
                return;
            }
            before.add(line.get());
        }
        throw new AssertionError("It did not say '%s', but: %s".formatted(text, String.join("\n", before)));
    }

    private Optional<String> next() throws InterruptedException {
        Optional<String> line = output.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return line == null ? Optional.empty() : line;
    }

    /** As {@code kill -9} does: no farewell. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode();
    }

    /** As {@code kill} does. */
    int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("It does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
