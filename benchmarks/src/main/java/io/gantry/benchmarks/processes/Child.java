package io.gantry.benchmarks.processes;

import io.gantry.benchmarks.measure.Await;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A program that runs beside the measurement until it is closed; then it ends, with all that it started. */
public final class Child implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final int LINES_OF_LOG = 20;

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** @param log file that takes what it prints */
    public static Child start(String name, List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("Starting " + name, e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public Child awaitPort(int port, Duration patience) throws InterruptedException, TimeoutException {
        return await("%s to listen on port %d".formatted(name, port), patience, () -> listens(port));
    }

    /** @throws IllegalStateException with the end of its log, if it ends meanwhile */
    public Child await(String what, Duration patience, BooleanSupplier condition)
            throws InterruptedException, TimeoutException {
        Await.until(what, patience, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended with " + process.exitValue() + ":\n" + endOfLog());
            }
            return condition.getAsBoolean();
        });
        return this;
    }

    /** Whether any program of this machine listens there. */
    public static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private String endOfLog() {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LINES_OF_LOG), all.size()));
        } catch (IOException | UncheckedIOException e) {
            return "(its log " + log + " can't be read)";
        }
    }

    /** Ends it by SIGKILL; what it started lives on. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        List<ProcessHandle> family = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        process.destroy();
        try {
            process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
