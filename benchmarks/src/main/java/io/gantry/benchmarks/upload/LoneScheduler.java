package io.gantry.benchmarks.upload;

import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Unit;
import io.gantry.benchmarks.processes.Broker;
import io.gantry.benchmarks.processes.Child;
import io.gantry.benchmarks.processes.JavaProgram;
import io.gantry.benchmarks.processes.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The scheduler in a JVM to itself, with a heap of 64 MiB. */
final class LoneScheduler implements AutoCloseable {
    static final int HEAP = 64;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String APPLICATION = "io.gantry.scheduler.SchedulerApplication";
    private static final Pattern COLLECTION = Pattern.compile("Pause .* \\d+M->(\\d+)M\\(\\d+M\\)");

    private final int port;
    private final Path collections;
    private final Child process;

    private LoneScheduler(int port, Path collections, Child process) {
        this.port = port;
        this.collections = collections;
        this.process = process;
    }

    static LoneScheduler start(Path folder, Broker broker, EmbeddedPostgres database, Azurite storage)
            throws Exception {
        int port = Ports.free();
        Path collections = folder.resolve("collections.log");
        List<String> options = List.of("-Xmx%dm".formatted(HEAP), "-XX:+UseSerialGC", "-Xlog:gc:file=" + collections);
        List<String> settings = List.of(
                "--server.port=" + port,
                "--spring.datasource.url=" + database.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres",
                "--spring.kafka.bootstrap-servers=" + broker.address(),
                "--gantry.storage.connection-string=" + storage.connectionString(),
                "--scheduler.upload.folder=" + folder.resolve("uploads"));
        Child process = Child.start(
                "the scheduler",
                JavaProgram.command(options, APPLICATION, settings),
                Map.of(),
                folder.resolve("scheduler.log"));
        return new LoneScheduler(
                port, collections, process.await("the scheduler to be ready", PATIENCE, () -> ready(port)));
    }

    private static boolean ready(int port) {
        try {
            URI readiness = URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(port));
            return ((HttpURLConnection) readiness.toURL().openConnection()).getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    URI versions() {
        return URI.create("http://127.0.0.1:%d/api/v1/apps/bench-upload/services/app-server/versions".formatted(port));
    }

    long pid() {
        return process.pid();
    }

    /** What was left in the heap after each collection so far. */
    Samples heap() throws IOException {
        try (Stream<String> lines = Files.lines(collections)) {
            return new Samples(
                    "Gantry: heap after collections, -Xmx%dm".formatted(HEAP),
                    Unit.MEBIBYTES,
                    lines.map(COLLECTION::matcher)
                            .filter(Matcher::find)
                            .map(collection -> Double.parseDouble(collection.group(1)))
                            .toList());
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
