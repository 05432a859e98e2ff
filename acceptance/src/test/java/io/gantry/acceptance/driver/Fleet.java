package io.gantry.acceptance.driver;

import static org.awaitility.Awaitility.await;

import io.gantry.remote.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A fleet of machines on this computer, brought up by the command line. All of it is gone when it is closed. */
public final class Fleet implements AutoCloseable {
    private static final String MANAGER = "lifecycle-manager";
    private static final Duration UP = Duration.ofMinutes(12);
    private static final Duration READY = Duration.ofMinutes(4);
    private static final Path CODE =
            Path.of("..", "platform", "target", "platform").toAbsolutePath().normalize();

    private final String name;
    private final Path home;
    private final CommandLine commandLine;
    private List<PlatformReplica> managers = List.of();

    private Fleet(String name, Path home) {
        this.name = name;
        this.home = home;
        this.commandLine = new CommandLine(Map.of(
                "GANTRY_FLEETS_DIR", home.resolve("fleets").toString(),
                "XDG_CONFIG_HOME", home.resolve("config").toString(),
                "GANTRY_PLATFORM_CODE", CODE.toString()));
    }

    /** Three machines; nothing is there yet. */
    public static Fleet described() throws IOException {
        String name = "accept-" + Long.toString(System.nanoTime() / 1_000_000 % 60_466_176, 36);
        Path home = Files.createTempDirectory("gantry-fleet");
        Fleet fleet = new Fleet(name, home);
        Files.writeString(
                home.resolve("fleet.yaml"), "name: %s%nalerts: {webhookFile: %s}%n".formatted(name, fleet.webhook()));
        fleet.postAlertsTo("https://hooks.example.com/first");
        return fleet;
    }

    private Path webhook() {
        return home.resolve("alerts");
    }

    /** From the next {@code up} on. */
    public void postAlertsTo(String address) throws IOException {
        Files.writeString(webhook(), address);
    }

    /** From the next {@code up} on. */
    public void alsoSays(String yaml) throws IOException {
        Files.writeString(home.resolve("fleet.yaml"), yaml, StandardOpenOption.APPEND);
    }

    public CommandLine.Ran up() throws IOException, InterruptedException {
        return up(Faults.none());
    }

    /** @param faults that strike meanwhile */
    public CommandLine.Ran up(Faults faults) throws IOException, InterruptedException {
        return commandLine.run(UP, faults, "up", "--yes", "-f", file());
    }

    /** Once it is ready, the same again. */
    public CommandLine.Ran upAgain() throws IOException, InterruptedException {
        awaitReady();
        return commandLine.untilNothingToDo(UP, "up", "--yes", "-f", file());
    }

    /** While something else is done to it. */
    public CommandLine.Ran upMeanwhile() {
        try {
            return up();
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", interruption);
        }
    }

    /** @param socket where there is no Docker Engine */
    public CommandLine.Ran upBy(Path socket) throws IOException, InterruptedException {
        return commandLine.with("DOCKER_HOST", "unix://" + socket).run("up", "--yes", "-f", file());
    }

    public CommandLine.Ran recover() throws IOException, InterruptedException {
        return commandLine.run(UP, "recover", "-f", file());
    }

    /** With the zips of all versions. */
    public CommandLine.Ran backUp(Path backup, Path passphrase) throws IOException, InterruptedException {
        return commandLine.run(
                UP,
                "backup",
                backup.toString(),
                "--with-bundles",
                "--passphrase-file",
                passphrase.toString(),
                "-f",
                file());
    }

    /** What it is to be stands in the backup. */
    public CommandLine.Ran recoverFrom(Path backup, Path passphrase) throws IOException, InterruptedException {
        return commandLine.run(
                UP, "recover", "--yes", "--from", backup.toString(), "--passphrase-file", passphrase.toString());
    }

    /** As if this computer were another one, with the owner's own files. */
    public void forgetOnThisComputer() throws IOException {
        remove(home.resolve("fleets"));
        remove(home.resolve("config"));
    }

    public CommandLine.Ran down() throws IOException, InterruptedException {
        return commandLine.run(UP, "down", "--yes", "-f", file());
    }

    /** A verb that needs some minutes at most. */
    public CommandLine.Ran run(String... arguments) throws IOException, InterruptedException {
        return commandLine.run(arguments);
    }

    /** A verb that may take longer. */
    public CommandLine.Ran runLong(String... arguments) throws IOException, InterruptedException {
        return commandLine.run(UP, arguments);
    }

    /** The answer of a verb that succeeds. */
    public JsonNode json(String... arguments) throws IOException, InterruptedException {
        var ran = run(Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new));
        if (ran.exitCode() != 0) {
            throw new AssertionError("%s: %s".formatted(List.of(arguments), ran.err()));
        }
        return Rest.parsed(ran.out());
    }

    /** Deploys an example and waits. */
    public URI deploy(String example, String app) throws IOException, InterruptedException {
        var ran = runLong("deploy", Bundle.example(example).toString(), "--app", app, "--wait");
        if (ran.exitCode() != 0) {
            throw new AssertionError("%s was not deployed: %s".formatted(example, ran.err()));
        }
        return URI.create(ran.out().strip());
    }

    private String file() {
        return home.resolve("fleet.yaml").toString();
    }

    // --- what is there ---

    /** Every replica of every service of the platform, with its state. */
    public List<PlatformReplica> services() throws IOException, InterruptedException {
        List<PlatformReplica> services = listed("services").path("services").values().stream()
                .map(PlatformReplica::of)
                .toList();
        managers = services.stream()
                .filter(service -> service.service().equals(MANAGER))
                .filter(manager -> !manager.address().isEmpty())
                .toList();
        return services;
    }

    /** As the verb lists it, from who tells the verb: a process each time costs a busy machine seconds. The verb finds who is not known. */
    private JsonNode listed(String what) throws IOException, InterruptedException {
        Optional<JsonNode> answer = answer(what);
        return answer.isPresent() ? answer.get() : json(what);
    }

    /** By the first lifecycle manager that answers. */
    private Optional<JsonNode> answer(String what) throws IOException {
        for (PlatformReplica manager : managers) {
            Optional<JsonNode> answer = answer(manager, what);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    private Optional<JsonNode> answer(PlatformReplica manager, String what) throws IOException {
        try {
            Answer answer = Rest.get(manager.at("/api/v1/" + what), key());
            return answer.status() == 200 ? Optional.of(answer.json()) : Optional.empty();
        } catch (UncheckedIOException silent) {
            return Optional.empty();
        }
    }

    public PlatformReplica service(String service) throws IOException, InterruptedException {
        return services().stream()
                .filter(replica -> replica.service().equals(service))
                .findFirst()
                .orElseThrow();
    }

    public FleetMachine machine(String machine) {
        return new FleetMachine(name, machine);
    }

    public List<FleetMachine> machines() throws IOException, InterruptedException {
        return listed("machines").path("machines").values().stream()
                .map(machine -> machine(machine.path("name").asString()))
                .toList();
    }

    public FleetApp app(String app) throws IOException, InterruptedException {
        return new FleetApp(this, app);
    }

    /** The newest first. */
    public List<JsonNode> incidents() throws IOException, InterruptedException {
        return json("incidents").path("incidents").values().stream().toList();
    }

    /** An operator's. */
    public String[] key() throws IOException {
        Path file = home.resolve("fleets").resolve(name).resolve("operator-key");
        return new String[] {"Authorization", "Bearer " + Files.readString(file).strip()};
    }

    /** What it says of itself, for people. */
    String told() throws IOException, InterruptedException {
        var said = new StringJoiner("\n");
        for (String verb : List.of("status", "health", "ps", "incidents", "decisions")) {
            var ran = run(verb);
            said.add("gantry " + verb).add(ran.out()).add(ran.err());
        }
        for (String machine : List.of("vm-1", "vm-2")) {
            said.add(MANAGER + " on " + machine).add(machine(machine).saidBy(MANAGER));
        }
        return said.toString();
    }

    public void awaitReady() {
        await("A fleet that is as it is to be")
                .atMost(READY)
                .pollInterval(Duration.ofMillis(500))
                .until(this::isReady);
    }

    /** By the lifecycle manager's word, which may be some seconds old, and by each service's own. */
    private boolean isReady() {
        try {
            return services().stream().allMatch(service -> service.state().equals("READY") && service.isReady())
                    && answer("reconciliation")
                            .filter(reconciliation ->
                                    reconciliation.path("settled").asBoolean())
                            .isPresent();
        } catch (IOException | AssertionError notNow) {
            return false;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What belongs to it on this computer's engine. */
    public List<String> leftOnThisComputer() {
        return Engine.HERE.labelled(Labels.FLEET + "=" + name);
    }

    public List<Path> leftInHome() throws IOException {
        try (var files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("fleet.yaml") && !file.equals(webhook()))
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            down();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
        remove(home);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
