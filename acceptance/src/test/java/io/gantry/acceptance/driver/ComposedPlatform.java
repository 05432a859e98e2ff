package io.gantry.acceptance.driver;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import io.gantry.remote.Labels;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * The platform as {@code docker-compose.yml} brings it up on this machine's Docker Engine: a project, ports and a fleet of its own.
 * All of it is gone when it is closed.
 */
public final class ComposedPlatform implements AutoCloseable {
    /** In the order of their ports. */
    private static final List<String> SERVICES =
            List.of("lifecycle-manager", "scheduler", "deployer", "load-balancer", "node-manager", "monitoring");

    private static final Map<String, Integer> BACKING =
            Map.of("registry", 10, "azurite", 11, "kafka", 22, "postgres", 362);
    private static final String PROJECT = "com.docker.compose.project";
    private static final String SERVICE = "com.docker.compose.service";
    private static final String IMAGE = "gantry/platform:1";
    private static final String CODE = "platform/target/platform";
    private static final String WRONG_CLOCKS = "acceptance/src/test/wrong-clocks";
    private static final Duration READY = Duration.ofMinutes(4);

    private final String name;
    private final int portBase;

    private ComposedPlatform(int portBase) {
        this.name = "composed-" + portBase;
        this.portBase = portBase;
    }

    /** Nothing runs yet, but the image that all its services start from is there, as {@code gantry images} builds it. */
    public static ComposedPlatform described() throws IOException, InterruptedException {
        Compose.run(Map.of(), List.of("docker", "build", "--force-rm", "--tag", IMAGE, CODE));
        return new ComposedPlatform(Platform.freePortBase());
    }

    /** Returns when every service says that it is ready. */
    public void up() throws IOException, InterruptedException {
        compose("up", "-d");
        awaitReady();
    }

    /** The same with wrong clocks: most services are made anew, an hour ahead or an hour behind. */
    public void upWithWrongClocks() throws IOException, InterruptedException {
        Compose.run(
                Map.of(),
                List.of("docker", "build", "--force-rm", "--tag", "gantry/platform-with-wrong-clock:1", WRONG_CLOCKS));
        compose("--file", "docker-compose.yml", "--file", WRONG_CLOCKS + "/docker-compose.yml", "up", "-d");
        awaitReady();
    }

    /** What time a service has, to the second. */
    public Instant timeIn(String service) throws IOException, InterruptedException {
        String container = inspect(service).getId();
        return Instant.parse(Compose.run(Map.of(), List.of("docker", "exec", container, "date", "--utc", "+%FT%TZ"))
                .strip());
    }

    /** Its data stays. */
    public void down() throws IOException, InterruptedException {
        compose("down");
    }

    public void downWithData() throws IOException, InterruptedException {
        compose("down", "-v");
    }

    /**
     * Ends a service's process at once, as when it crashes. Behind the engine's back: what the engine itself is asked to kill, it
     * leaves dead.
     */
    public void kill(String service) throws IOException, InterruptedException {
        String process =
                Long.toString(Objects.requireNonNull(inspect(service).getState().getPidLong()));
        Compose.run(
                Map.of(),
                List.of(
                        "docker",
                        "run",
                        "--rm",
                        "--pid",
                        "host",
                        "--user",
                        "0",
                        "--entrypoint",
                        "kill",
                        "gantry/vm-docker:1",
                        "-9",
                        process));
    }

    public void awaitReady() throws IOException, InterruptedException {
        try {
            await("A ready platform")
                    .atMost(READY)
                    .pollInterval(Duration.ofMillis(250))
                    .ignoreExceptions()
                    .until(() -> SERVICES.stream().allMatch(this::isReady));
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("The platform is not ready:\n" + compose("logs", "--tail", "40"), late);
        }
    }

    private boolean isReady(String service) {
        String readiness = "http://127.0.0.1:%s/actuator/health/readiness".formatted(port(SERVICES.indexOf(service)));
        return Rest.get(URI.create(readiness)).status() == 200;
    }

    public CommandLine commandLine() {
        return CommandLine.ofPlatformAt(portBase);
    }

    /** Deploys an example and waits. */
    public URI deploy(String example, String app) throws IOException, InterruptedException {
        var ran = commandLine().run("deploy", Bundle.example(example).toString(), "--app", app, "--wait");
        if (ran.exitCode() != 0) {
            throw new AssertionError("%s was not deployed: %s".formatted(example, ran.err()));
        }
        return URI.create(ran.out().strip());
    }

    // --- what is there ---

    /** How often the engine has started it again. */
    public int restarts(String service) {
        return Objects.requireNonNull(inspect(service).getRestartCount());
    }

    private InspectContainerResponse inspect(String service) {
        var labels = Map.of(PROJECT, name, SERVICE, service);
        return Engine.HERE.inspect(Engine.HERE.containers(labels).getFirst());
    }

    /** The running containers of its apps. */
    public List<String> instances() {
        return Engine.HERE.containers(Map.of(Labels.FLEET, name)).stream()
                .filter(container -> "running".equals(container.getState()))
                .map(Container::getId)
                .toList();
    }

    public List<JsonNode> incidents() {
        String address = "http://127.0.0.1:%s/api/v1/incidents".formatted(port(SERVICES.indexOf("monitoring")));
        return Rest.get(URI.create(address)).json().path("incidents").values().stream()
                .toList();
    }

    public void killInstance(String container) {
        Engine.HERE.docker().killContainerCmd(container).exec();
    }

    /** Whatever of the engine's belongs to it or to its apps. */
    public List<String> left() {
        return Stream.concat(Engine.HERE.labelled(PROJECT + "=" + name).stream(), leftOfApps().stream())
                .toList();
    }

    public List<String> leftOfApps() {
        return Engine.HERE.labelled(Labels.FLEET + "=" + name);
    }

    @Override
    public void close() throws IOException {
        try {
            downWithData();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
        Engine.HERE.removeAllOf(name);
        Platform.giveBack(portBase);
    }

    private String compose(String... arguments) throws IOException, InterruptedException {
        return new Compose(name, environment()).platform(arguments);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Map.of("GANTRY_COMPOSE_FLEET", name));
        SERVICES.forEach(service -> environment.put(portOf(service), port(SERVICES.indexOf(service))));
        BACKING.forEach((service, offset) -> environment.put(portOf(service), port(offset)));
        return environment;
    }

    private static String portOf(String service) {
        return "GANTRY_COMPOSE_" + service.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private String port(int offset) {
        return Integer.toString(portBase + offset);
    }
}
