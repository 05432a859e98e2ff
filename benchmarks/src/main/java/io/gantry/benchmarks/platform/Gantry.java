package io.gantry.benchmarks.platform;

import com.github.dockerjava.api.DockerClient;
import io.gantry.benchmarks.measure.Missing;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.processes.Child;
import io.gantry.benchmarks.processes.Scratch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** The whole platform, started by its own launcher; when it is closed, nothing of it is left. */
public final class Gantry implements Closeable {
    private static final Path LAUNCHER = Path.of("gantry").toAbsolutePath();
    private static final int PORT_BASE = 13_070;
    private static final String REGISTRY = "127.0.0.1:%d".formatted(PORT_BASE + 10);
    private static final Duration TO_START = Duration.ofMinutes(4);

    private final DockerClient docker;
    private final Path logs;
    private final Scratch state;
    private final Child launcher;
    private final Api api = Api.local(PORT_BASE);

    private Gantry(DockerClient docker, Path logs, Scratch state, Child launcher) {
        this.docker = docker;
        this.logs = logs;
        this.state = state;
        this.launcher = launcher;
    }

    /**
     * Returns when every service takes requests.
     *
     * @param logs folder that keeps what it says
     */
    public static Gantry start(DockerClient docker, Path logs, Progress progress)
            throws IOException, InterruptedException, TimeoutException {
        if (Child.listens(PORT_BASE + 1)) {
            throw new Missing("Another program listens where Gantry is to be measured: port " + (PORT_BASE + 1));
        }
        progress.say("starting Gantry");
        Scratch state = Scratch.create("gantry");
        List<String> command = List.of(
                LAUNCHER.toString(),
                "dev",
                "--state-dir",
                state.folder().toString(),
                "--port-base",
                Integer.toString(PORT_BASE));
        Gantry gantry =
                new Gantry(docker, logs, state, Child.start("Gantry", command, Map.of(), logs.resolve("launcher.log")));
        try {
            gantry.launcher.await("Gantry to be ready", TO_START, gantry.api::ready);
            return gantry;
        } catch (InterruptedException | TimeoutException | RuntimeException failure) {
            gantry.close();
            throw failure;
        }
    }

    public Api api() {
        return api;
    }

    /** Host and port of its container registry. */
    public String registry() {
        return REGISTRY;
    }

    /** Of the one JVM that all services run in. */
    public long pid() throws IOException {
        return Long.parseLong(remembered("lock"));
    }

    /** Of the database server that it started. */
    public long databasePid() throws IOException {
        return Long.parseLong(
                remembered("postgres/data/postmaster.pid").lines().findFirst().orElseThrow());
    }

    private String remembered(String file) throws IOException {
        return Files.readString(state.folder().resolve(file)).strip();
    }

    @Override
    public void close() throws IOException {
        launcher.close();
        if (Files.exists(state.folder().resolve("fleet"))) {
            new Leftovers(docker, remembered("fleet"), REGISTRY).remove();
        }
        keepLog();
        state.close();
    }

    private void keepLog() throws IOException {
        Path log = state.folder().resolve("log/gantry.log");
        if (Files.exists(log)) {
            Files.copy(log, logs.resolve("gantry.log"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
