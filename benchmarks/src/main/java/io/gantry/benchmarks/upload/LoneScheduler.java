package io.gantry.benchmarks.upload;

import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Unit;
import io.gantry.benchmarks.processes.Broker;
import io.gantry.benchmarks.processes.LoneService;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The scheduler in a JVM to itself, with a heap of 64 MiB. */
final class LoneScheduler implements AutoCloseable {
    static final int HEAP = 64;

    private static final Pattern COLLECTION = Pattern.compile("Pause .* \\d+M->(\\d+)M\\(\\d+M\\)");

    private final LoneService service;
    private final Path collections;

    private LoneScheduler(LoneService service, Path collections) {
        this.service = service;
        this.collections = collections;
    }

    static LoneScheduler start(Path folder, Broker broker, EmbeddedPostgres database, Azurite storage)
            throws Exception {
        Path collections = folder.resolve("collections.log");
        LoneService service = LoneService.start(
                "the scheduler",
                "io.gantry.scheduler.SchedulerApplication",
                List.of("-Xmx%dm".formatted(HEAP), "-XX:+UseSerialGC", "-Xlog:gc:file=" + collections),
                List.of(
                        "--spring.datasource.url=" + database.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.username=postgres",
                        "--spring.kafka.bootstrap-servers=" + broker.address(),
                        "--gantry.storage.connection-string=" + storage.connectionString(),
                        "--scheduler.upload.folder=" + folder.resolve("uploads")),
                folder);
        return new LoneScheduler(service.awaitReady(), collections);
    }

    URI versions() {
        return URI.create(
                "http://127.0.0.1:%d/api/v1/apps/bench-upload/services/app-server/versions".formatted(service.port()));
    }

    long pid() {
        return service.pid();
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
        service.close();
    }
}
