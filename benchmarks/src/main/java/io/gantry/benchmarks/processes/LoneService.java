package io.gantry.benchmarks.processes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** One of the platform's services, in a JVM to itself. */
public final class LoneService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final int port;
    private final Child process;

    private LoneService(int port, Child process) {
        this.port = port;
        this.process = process;
    }

    /**
     * Begins to start it.
     *
     * @param name of its log, in the folder
     * @param application the class that starts it
     * @param options of the JVM
     * @param settings {@code --name=value}
     */
    public static LoneService start(
            String name, String application, List<String> options, List<String> settings, Path folder) {
        int port = Ports.free();
        List<String> all = Stream.concat(Stream.of("--server.port=" + port), settings.stream())
                .toList();
        return new LoneService(
                port,
                Child.start(
                        name,
                        JavaProgram.command(options, application, all),
                        Map.of(),
                        folder.resolve(name.replace(' ', '-') + ".log")));
    }

    public LoneService awaitReady() throws InterruptedException, TimeoutException {
        process.await("a service to be ready on port " + port, PATIENCE, this::isReady);
        return this;
    }

    public boolean isReady() {
        return Asked.answers("127.0.0.1", port, "/actuator/health/readiness");
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** As if the machine had taken it: without a word, at once. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
