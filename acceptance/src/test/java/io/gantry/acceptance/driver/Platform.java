package io.gantry.acceptance.driver;

import static org.awaitility.Awaitility.await;

import io.gantry.testkit.TestCollector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One Gantry on this machine: the standalone JVM, a process of its own with its own state directory and ports. */
public final class Platform implements Addresses, AutoCloseable {
    private static final Path PROGRAM =
            Path.of("..", "standalone", "run").toAbsolutePath().normalize();
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofMinutes(3);
    /** The usual settings wait minutes before they take an instance away again. */
    private static final Map<String, String> QUICK_SCALING = Map.of(
            "LOADBALANCER_SCALING_UPAFTER", "3s",
            "LOADBALANCER_SCALING_UPCOOLDOWN", "5s",
            "LOADBALANCER_SCALING_DOWNAFTER", "5s",
            "LOADBALANCER_SCALING_DOWNCOOLDOWN", "5s",
            "LOADBALANCER_SCALING_SETTLE", "1s");

    private static final int LOG_LINES = 150;
    private static final int PORTS = 500;
    private static final Map<Integer, ServerSocket> CLAIMS = new ConcurrentHashMap<>();
    private static final int[] LISTENS = {0, 1, 2, 3, 4, 5, 10, 11, 22, 23, 362};

    /** It traces what is asked of it, as a fleet with a collector does. */
    private final TestCollector collector = TestCollector.start();

    private final Path stateDirectory;
    private final Path output;
    private final int portBase;
    private Process process;

    private Platform(Path stateDirectory, Path output, int portBase) throws IOException {
        this.stateDirectory = stateDirectory;
        this.output = output;
        this.portBase = portBase;
        this.process = launch();
    }

    static Platform start() throws IOException {
        int portBase = freePortBase();
        Path output = Path.of("target", "platform-%d.out".formatted(portBase));
        Files.deleteIfExists(output);
        var platform = new Platform(Files.createTempDirectory("gantry-acceptance"), output, portBase);
        try {
            platform.awaitReady();
            return platform;
        } catch (Throwable failure) {
            String said = platform.logTail();
            platform.close();
            throw new AssertionError("The platform did not start:\n" + said, failure);
        }
    }

    @Override
    public URI at(int service, String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(portBase + service, path));
    }

    @Override
    public int portBase() {
        return portBase;
    }

    /** The ports that the platform itself listens on. */
    public IntStream ports() {
        return IntStream.of(LISTENS).map(offset -> portBase + offset);
    }

    /** What its containers are labelled with, to tell them from another platform's. */
    String fleet() throws IOException {
        return Files.readString(stateDirectory.resolve("fleet")).strip();
    }

    /** What it has recorded of a trace so far. */
    public List<TestCollector.Recorded> trace(String id) {
        return collector.trace(id);
    }

    /** Asks it to end, and waits until it has. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Ends it at once, as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    public void startAgain() {
        try {
            process = launch();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        awaitReady();
    }

    /** The last lines of what it said and logged. */
    public String logTail() {
        return tail(output) + tail(stateDirectory.resolve("log").resolve("gantry.log"));
    }

    private static String tail(Path file) {
        if (Files.notExists(file)) {
            return "";
        }
        try (var lines = Files.lines(file)) {
            var all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LOG_LINES), all.size())) + "\n";
        } catch (IOException failure) {
            return "%s can't be read: %s%n".formatted(file, failure);
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        Engine.HERE.removeAllOf(fleet());
        deleteState();
        collector.close();
        giveBack(portBase);
    }

    private Process launch() throws IOException {
        var process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--state-dir",
                        stateDirectory.toString(),
                        "--port-base",
                        Integer.toString(portBase))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        process.environment().putAll(QUICK_SCALING);
        process.environment()
                .put("GANTRY_TRACING_ENDPOINT", collector.endpoint().toString());
        return process.start();
    }

    private void awaitReady() {
        await("A ready platform")
                .atMost(START)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions()
                .failFast("The platform ended", () -> !process.isAlive())
                .until(() -> IntStream.rangeClosed(0, 5).allMatch(this::isReady));
    }

    private boolean isReady(int service) {
        return Rest.get(at(service, "/actuator/health/readiness")).status() == 200;
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The platform does not end when asked to");
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    private void deleteState() throws IOException {
        try (Stream<Path> paths = Files.walk(stateDirectory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Nobody else is given it until it is {@linkplain #giveBack given back}, though it takes its time before anything listens there. */
    public static int freePortBase() {
        return IntStream.iterate(11_070, base -> base < 19_000, base -> base + PORTS)
                .filter(base -> isFree(base) && isClaimed(base))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No free ports for a platform"));
    }

    /** There are fewer than test classes. */
    static void giveBack(int base) throws IOException {
        ServerSocket claim = CLAIMS.remove(base);
        if (claim != null) {
            claim.close();
        }
    }

    /** By listening on the last of its ports, which other processes see too. */
    private static boolean isClaimed(int base) {
        try {
            CLAIMS.put(base, new ServerSocket(base + PORTS - 1, 1, InetAddress.getLoopbackAddress()));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static boolean isFree(int base) {
        return IntStream.of(LISTENS).allMatch(offset -> isFreePort(base + offset));
    }

    private static boolean isFreePort(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    static List<String> neededImages() {
        return Stream.of("python", "node", "java", "static", "registry", "azurite")
                .map("gantry/%s:1"::formatted)
                .toList();
    }
}
