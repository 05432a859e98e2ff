package io.gantry.benchmarks.start;

import io.gantry.benchmarks.measure.Missing;
import io.gantry.benchmarks.measure.Stopwatch;
import io.gantry.benchmarks.processes.Asked;
import io.gantry.benchmarks.processes.Child;
import io.gantry.benchmarks.processes.Command;
import io.gantry.benchmarks.processes.Memory;
import io.gantry.benchmarks.processes.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The node-manager in a JVM to itself, from the files that the platform image is built from. */
final class Jvms {
    private static final Path PLATFORM = Path.of("platform/target/platform").toAbsolutePath();
    private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");
    private static final String HEAP = "-Xmx172m";
    private static final String SERVICE = "node-manager";
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final String database;
    private final String kafka;

    /** What the JVM is told. */
    enum Variant {
        PLAIN,
        OPTIONS,
        CACHE
    }

    /** @param seconds until it was ready; the others as they were then */
    record Started(double seconds, double cpuSeconds, double mebibytes) {}

    Jvms(Path folder, String database, String kafka) {
        if (!Files.exists(PLATFORM.resolve("platform.jar"))) {
            throw new Missing("There is no %s. It is built by: ./gantry bench start".formatted(PLATFORM));
        }
        this.folder = folder;
        this.database = database;
        this.kafka = kafka;
    }

    /** Makes the cache, as it is made when the platform image is built. */
    void rehearse() throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("rehearse"));
        arguments.addAll(surroundings());
        Command.run(
                ENVIRONMENT,
                java(
                        tuned(
                                "-XX:CompilerDirectivesFile=" + PLATFORM.resolve("compiler"),
                                "-XX:AOTCacheOutput=" + cache()),
                        arguments));
    }

    private Path cache() {
        return folder.resolve("platform.aot");
    }

    /** Starts it, looks at it when it is ready, and ends it. */
    Started start(Variant variant) throws Exception {
        int port = Ports.free();
        List<String> command = java(options(variant), arguments(port));
        Stopwatch watch = Stopwatch.start();
        try (Child jvm = Child.start(SERVICE, command, ENVIRONMENT, folder.resolve(SERVICE + ".log"))) {
            jvm.await(
                    SERVICE + " to be ready",
                    PATIENCE,
                    () -> Asked.answers(LOOPBACK, port, "/actuator/health/readiness"));
            return new Started(watch.seconds(), cpuSeconds(jvm.pid()), Memory.resident(jvm.pid()));
        }
    }

    private List<String> options(Variant variant) {
        return switch (variant) {
            case PLAIN -> List.of();
            case OPTIONS -> tuned("-XX:TieredStopAtLevel=1");
            case CACHE -> tuned("-XX:TieredStopAtLevel=1", "-XX:AOTCache=" + cache());
        };
    }

    /** As the program {@code platform} of the image starts it. */
    private static List<String> tuned(String... more) {
        List<String> options = new ArrayList<>();
        options.add("@" + PLATFORM.resolve("options"));
        options.addAll(List.of(more));
        return options;
    }

    private List<String> arguments(int port) {
        List<String> arguments = new ArrayList<>(List.of(SERVICE, "--server.port=" + port, "--gantry.nodes="));
        arguments.addAll(surroundings());
        return arguments;
    }

    private List<String> surroundings() {
        return List.of(
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=postgres",
                "--spring.kafka.bootstrap-servers=" + kafka);
    }

    private static List<String> java(List<String> options, List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(options);
        words.add(HEAP);
        words.addAll(List.of("-jar", PLATFORM.resolve("platform.jar").toString()));
        words.addAll(arguments);
        return words;
    }

    private static double cpuSeconds(long pid) {
        return ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
    }
}
