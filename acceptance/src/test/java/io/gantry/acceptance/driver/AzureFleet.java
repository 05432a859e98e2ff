package io.gantry.acceptance.driver;

import io.gantry.azure.LocalHosts;
import io.gantry.contract.manifest.Memory;
import io.gantry.machines.MachineSize;
import io.gantry.remote.Labels;
import io.gantry.testkit.UnrehearsedPlatform;
import io.gantry.testkit.azure.FakeAzure;
import io.gantry.testkit.azure.FakeMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A fleet in an Azure that is played, on machines that are real: brought up by the command line, which is signed in as somebody, and
 * reaches no more of the machines than Azure lets it reach.
 */
public final class AzureFleet implements AutoCloseable {
    /** What {@code az} gives to whoever has signed in here. */
    public static final String OWNERS_TOKEN = "the-owners-token-that-nobody-may-see";

    /** What a machine of the platform is given. */
    public static final String MACHINES_TOKEN = "the-machines-token-that-nobody-may-see";

    private static final int ASKED_AGAIN_SECONDS = 1;
    private static final Duration UP = Duration.ofMinutes(12);
    private static final MachineSize SIZE = new MachineSize(2, Memory.parse("5Gi"));
    private static final Path CODE =
            Path.of("..", "platform", "target", "platform").toAbsolutePath().normalize();

    private final Path home = Files.createTempDirectory("gantry-azure");
    private final String onThisComputer = "azure-" + Long.toString(System.nanoTime() / 1_000_000 % 60_466_176, 36);
    private final String name;
    private final Path file;
    private final StringBuffer said = new StringBuffer();
    private final FakeMetadata metadata = FakeMetadata.start(MACHINES_TOKEN, InstantSource.system());
    private final LocalHosts hosts = new LocalHosts(onThisComputer, Files.createDirectory(home.resolve("hosts")), SIZE);
    private final FakeAzure azure = FakeAzure.start(hosts, ASKED_AGAIN_SECONDS);
    private final CommandLine commandLine = new CommandLine(Map.of(
            "PATH", home.resolve("bin") + ":/usr/bin:/bin",
            "GANTRY_FLEETS_DIR", home.resolve("fleets").toString(),
            "XDG_CONFIG_HOME", home.resolve("config").toString(),
            "GANTRY_PLATFORM_CODE",
                    UnrehearsedPlatform.of(CODE, home.resolve("platform")).toString(),
            "GANTRY_AZURE_RESOURCE_MANAGER", azure.endpoint().toString(),
            "GANTRY_AZURE_CERTIFICATES", home.resolve("ca.pem").toString()));

    /** @param name that the file gives it */
    public AzureFleet(String name, Path file) throws IOException {
        this.name = name;
        this.file = file;
        hosts.offer(azure.endpoint().getPort());
        hosts.offerMetadata(metadata.port());
        Files.writeString(home.resolve("ca.pem"), azure.certificate());
        signIn(Files.createDirectory(home.resolve("bin")).resolve("az"));
    }

    private static void signIn(Path az) throws IOException {
        Files.writeString(az, """
                #!/bin/sh
                echo '{"accessToken": "%s", "expiresOn": "2099-01-01 00:00:00.000000", "tokenType": "Bearer"}'
                """.formatted(OWNERS_TOKEN));
        Files.setPosixFilePermissions(az, PosixFilePermissions.fromString("rwx------"));
    }

    public FakeAzure azure() {
        return azure;
    }

    public FakeMetadata metadata() {
        return metadata;
    }

    public CommandLine.Ran up() throws IOException, InterruptedException {
        return heard(commandLine.run(UP, "up", "--yes", "-f", file.toString()));
    }

    /** The same again. */
    public CommandLine.Ran upAgain() throws IOException, InterruptedException {
        return heard(commandLine.untilNothingToDo(UP, "up", "--yes", "-f", file.toString()));
    }

    /** @param so given what it has said by then */
    public CommandLine.Ran upKilledWhen(Predicate<String> so) throws IOException, InterruptedException {
        return heard(commandLine.killedWhen(so, UP, "up", "--yes", "-f", file.toString()));
    }

    public CommandLine.Ran down() throws IOException, InterruptedException {
        return heard(commandLine.run(UP, "down", "--yes", "-f", file.toString()));
    }

    /** A verb that finds the fleet by its context. */
    public CommandLine.Ran run(String... arguments) throws IOException, InterruptedException {
        return heard(commandLine.run(UP, arguments));
    }

    private CommandLine.Ran heard(CommandLine.Ran ran) {
        said.append(ran.out()).append(ran.err());
        return ran;
    }

    /** All that the command line has said so far. */
    public String said() {
        return said.toString();
    }

    public FleetMachine machine(String machine) {
        return new FleetMachine(onThisComputer, machine);
    }

    /** A file of what this computer knows of the fleet. */
    public String known(String fileName) throws IOException {
        return Files.readString(home.resolve("fleets").resolve(name).resolve(fileName));
    }

    /** What this computer keeps of the fleet, and how it is reached. */
    public List<Path> leftInHome() throws IOException {
        try (var fleets = files(home.resolve("fleets"));
                var contexts = files(home.resolve("config"))) {
            return Stream.concat(fleets, contexts).filter(Files::isRegularFile).toList();
        }
    }

    private static Stream<Path> files(Path folder) throws IOException {
        return Files.exists(folder) ? Files.walk(folder) : Stream.empty();
    }

    /** What the engine of this computer has of it, but for the network, which is what Azure itself is played on. */
    public List<String> leftOnThisComputer() {
        return Engine.HERE.labelled(Labels.FLEET + "=" + onThisComputer).stream()
                .filter(left -> left.contains(".vm-"))
                .toList();
    }

    @Override
    public void close() throws IOException {
        azure.close();
        metadata.close();
        hosts.close();
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
