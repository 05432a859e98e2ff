package io.gantry.acceptance.crash;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.crash.weaving.WovenPlatform;
import io.gantry.acceptance.crash.woven.Crash;
import io.gantry.acceptance.driver.Addresses;
import io.gantry.acceptance.driver.Compose;
import io.gantry.acceptance.driver.Engine;
import io.gantry.acceptance.driver.Platform;
import io.gantry.acceptance.driver.Rest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.util.FileSystemUtils;

/**
 * The platform as processes on this machine, each of which may be killed, some of them two of a kind, so that one can take up what
 * the other leaves; database, broker, container registry and blob storage in containers; this machine's engine as the only node. It has ports,
 * a fleet's name and a folder of its own.
 */
final class CrashingPlatform implements Addresses, AutoCloseable {
    static final String DEPLOYER = "deployer";
    static final String SCHEDULER = "scheduler";
    static final String LOAD_BALANCER = "load-balancer";
    static final String NODE_MANAGER = "node-manager";
    static final String MONITORING = "monitoring";
    static final String LIFECYCLE_MANAGER = "lifecycle-manager";

    static final List<String> SERVICES =
            List.of(LIFECYCLE_MANAGER, SCHEDULER, DEPLOYER, LOAD_BALANCER, NODE_MANAGER, MONITORING);
    /** Each service's port, counted from the port base. */
    private static final Map<String, Integer> PORTS =
            Map.of(LIFECYCLE_MANAGER, 0, SCHEDULER, 1, DEPLOYER, 2, LOAD_BALANCER, 3, NODE_MANAGER, 4, MONITORING, 5);
    /** From a service's port to its second process's. */
    private static final int SECOND = 50;

    private static final Map<String, Integer> BACKING =
            Map.of("registry", 10, "azurite", 11, "kafka", 22, "postgres", 362);
    private static final Duration READY = Duration.ofMinutes(5);

    private final int portBase;
    private final Path folder;
    private final Compose compose;
    private final Failpoints failpoints;
    private final List<ServiceProcess> processes = new ArrayList<>();

    private CrashingPlatform(int portBase, Path folder, Failpoints failpoints) {
        this.portBase = portBase;
        this.folder = folder;
        this.failpoints = failpoints;
        this.compose = new Compose(name(), backingPorts());
    }

    /** @param twice the services of which there are two processes */
    static CrashingPlatform start(List<String> twice) throws IOException, InterruptedException {
        int portBase = Platform.freePortBase();
        Path folder = Path.of("target", "crash", Integer.toString(portBase)).toAbsolutePath();
        // What an earlier run has left there would be taken for this one's.
        FileSystemUtils.deleteRecursively(folder);
        Files.createDirectories(folder.resolve("tmp"));
        var platform = new CrashingPlatform(portBase, folder, Failpoints.in(folder.resolve("failpoints")));
        try {
            platform.begin(twice);
            return platform;
        } catch (Throwable failure) {
            platform.close();
            throw failure;
        }
    }

    private void begin(List<String> twice) throws IOException, InterruptedException {
        compose.backing("up", "-d");
        Fleet.provide(folder);
        List<String> java = WovenPlatform.command();
        await("Database and broker")
                .atMost(READY)
                .until(() -> listens("postgres") && listens("kafka") && listens("registry") && listens("azurite"));
        for (String service : SERVICES) {
            add(java, service, service, PORTS.get(service));
            if (twice.contains(service)) {
                add(java, service, service + "-2", PORTS.get(service) + SECOND);
            }
        }
        // Whoever ends the tests before their time is not to be outlived.
        Runtime.getRuntime().addShutdownHook(new Thread(this::endProcesses));
        processes.forEach(ServiceProcess::start);
        awaitReady();
    }

    private void add(List<String> java, String service, String name, int port) {
        List<String> command = new ArrayList<>(java);
        // Options come before the jar.
        command.addAll(
                1,
                List.of(
                        "-D" + Crash.SERVICE + "=" + service,
                        "-D" + Crash.FOLDER + "=" + failpoints.folder(),
                        "-Djava.io.tmpdir=" + temporaryFiles()));
        command.addAll(List.of(
                service,
                "--server.port=" + (portBase + port),
                // The least that a broker allows.
                "--spring.kafka.consumer.properties.session.timeout.ms=6000",
                "--spring.kafka.consumer.properties.heartbeat.interval.ms=1000"));
        command.addAll(Fleet.options(folder));
        processes.add(new ServiceProcess(name, command, settings(), folder));
    }

    private boolean listens(String backing) {
        return !Ports.isFree(portBase + BACKING.get(backing));
    }

    void awaitReady() {
        try {
            await("A ready platform")
                    .atMost(READY)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(() -> ports().allMatch(this::isReady));
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("The platform is not ready; what it says is in " + folder, late);
        }
    }

    private IntStream ports() {
        return IntStream.concat(
                SERVICES.stream().mapToInt(PORTS::get),
                processes.stream()
                        .map(ServiceProcess::name)
                        .filter(name -> name.endsWith("-2"))
                        .mapToInt(name -> PORTS.get(name.substring(0, name.length() - 2)) + SECOND));
    }

    private boolean isReady(int port) {
        return Rest.get(at(port, "/actuator/health/readiness")).status() == 200;
    }

    private Map<String, String> backingPorts() {
        Map<String, String> ports = new HashMap<>();
        BACKING.forEach((service, offset) ->
                ports.put("GANTRY_COMPOSE_" + service.toUpperCase(Locale.ROOT), Integer.toString(portBase + offset)));
        return ports;
    }

    /** What docker-compose.yml tells the services, and what lets them notice sooner that one of them is gone. */
    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("GANTRY_FLEET", name()),
                Map.entry("GANTRY_DATABASE_URL", databaseUrl()),
                Map.entry("GANTRY_DATABASE_PASSWORD", "gantry"),
                Map.entry("GANTRY_KAFKA", "127.0.0.1:" + (portBase + BACKING.get("kafka"))),
                Map.entry("GANTRY_STORAGE", storage()),
                Map.entry("GANTRY_STORAGE_DIRECT", "true"),
                Map.entry("GANTRY_DEPLOYER_REGISTRY_ADDRESS", "127.0.0.1:" + (portBase + BACKING.get("registry"))),
                Map.entry("GANTRY_DEPLOYER_WORK_HEARTBEAT", "1s"),
                // On a busy machine a node manager that was killed is not back within the usual half a minute.
                Map.entry("GANTRY_DEPLOYER_LIMITS_REGISTER", "4m"),
                Map.entry("LIFECYCLEMANAGER_LEASE_LASTS", "6s"),
                Map.entry("LIFECYCLEMANAGER_LEASE_RENEWEVERY", "1s"),
                // Nobody waits for a minute to see that an incident is over; and what is killed here on purpose is no
                // meltdown.
                Map.entry("MONITORING_HEALING_SETTLE", "3s"),
                Map.entry("MONITORING_MELTDOWN_UNITS", "1000"));
    }

    String storage() {
        return "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey="
                + "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
                + "BlobEndpoint=http://127.0.0.1:%d/devstoreaccount1;".formatted(portBase + BACKING.get("azurite"));
    }

    String databaseUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/gantry".formatted(portBase + BACKING.get("postgres"));
    }

    String kafka() {
        return "127.0.0.1:" + (portBase + BACKING.get("kafka"));
    }

    /** Its fleet's name, and its project's. */
    String name() {
        return "crash-" + portBase;
    }

    Failpoints failpoints() {
        return failpoints;
    }

    List<ServiceProcess> processes() {
        return List.copyOf(processes);
    }

    ServiceProcess process(long pid) {
        return processes.stream()
                .filter(process -> process.is(pid))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No process " + pid));
    }

    /** The folder where its processes have their temporary files. */
    Path temporaryFiles() {
        return folder.resolve("tmp");
    }

    /** Kills a backing service's container, or lets it stand still, or go on. */
    void backing(String... arguments) throws IOException, InterruptedException {
        compose.backing(arguments);
    }

    /** A backing service's container is killed, and started again in the end. */
    Away without(String service) throws IOException, InterruptedException {
        compose.backing("kill", service);
        return new Away(compose, service);
    }

    record Away(Compose compose, String service) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try {
                compose.backing("start", service);
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How often each process was started. */
    String starts() {
        return processes.stream()
                .map(process -> process.name() + " " + process.starts())
                .collect(joining(", "));
    }

    @Override
    public URI at(int service, String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(portBase + service, path));
    }

    @Override
    public int portBase() {
        return portBase;
    }

    @Override
    public void close() throws IOException {
        try {
            endProcesses();
            compose.backing("down", "-v", "--timeout", "1");
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
        Engine.HERE.removeAllOf(name());
    }

    private void endProcesses() {
        try {
            for (ServiceProcess process : processes) {
                process.end();
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
