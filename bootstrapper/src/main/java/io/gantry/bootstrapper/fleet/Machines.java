package io.gantry.bootstrapper.fleet;

import io.gantry.azure.AzureAccess;
import io.gantry.azure.AzureMachines;
import io.gantry.azure.Ongoing;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineSize;
import io.gantry.fleet.Provider;
import io.gantry.fleet.Ssh;
import io.gantry.machines.MachineProvider;
import io.gantry.machines.WantedMachine;
import io.gantry.machines.hosts.GivenHost;
import io.gantry.machines.hosts.GivenHosts;
import io.gantry.machines.local.LocalMachines;
import io.gantry.machines.local.LocalSettings;
import io.gantry.machines.platform.ResourceManagerAddress;
import io.gantry.remote.Engine;
import io.gantry.remote.HostKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The machines of a fleet as this computer reaches them. */
final class Machines {
    /** A host of somebody says itself what it has; of what is asked for here nothing is made. */
    private static final MachineSize AS_IT_IS = new MachineSize(2, Memory.parse("4Gi"), null);

    private Machines() {}

    /**
     * @param here this computer's engine
     * @param socket where that listens
     * @param says tells people something that they have to do
     */
    static MachineProvider of(
            Fleet fleet, FleetFolder folder, Engine here, String socket, InstantSource clock, Consumer<String> says) {
        return switch (fleet.provider()) {
            case LOCAL ->
                new LocalMachines(
                        LocalSettings.of(fleet.name(), LocalSettings.WITH_DOCKER)
                                .withEngineSocket(socket),
                        here,
                        folder.keys(fleet.name()),
                        folder.pins(),
                        clock);
            case STATIC ->
                new GivenHosts(
                        fleet.machines().stream().map(Machines::given).toList(),
                        folder.keys(fleet.name()),
                        folder.pins(),
                        clock);
            case AZURE ->
                new AzureMachines(
                        fleet,
                        AzureAccess.ofLaptop(System.getenv(), says),
                        folder.keys(fleet.name()),
                        folder.pins(),
                        Ongoing.NOT_KEPT,
                        AzureMachines.Reached.FROM_OUTSIDE,
                        clock);
        };
    }

    /** Another than Azure's own, where the environment names one: the lifecycle manager is to go there, too. */
    static @Nullable ResourceManagerAddress resourceManager(Fleet fleet, Map<String, String> environment) {
        String address = environment.get(AzureAccess.RESOURCE_MANAGER);
        if (fleet.provider() != Provider.AZURE || address == null) {
            return null;
        }
        String certificates = environment.get(AzureAccess.CERTIFICATES);
        try {
            return new ResourceManagerAddress(
                    URI.create(address), certificates == null ? null : Files.readString(Path.of(certificates)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "Reading what %s names, %s".formatted(AzureAccess.CERTIFICATES, certificates), unreadable);
        }
    }

    private static GivenHost given(Machine machine) {
        Ssh ssh = Objects.requireNonNull(machine.ssh(), "A host that is there has a way in");
        return new GivenHost(
                wanted(machine),
                ssh.user(),
                Objects.requireNonNull(machine.address(), "A host that is there has an address"),
                ssh.port(),
                keyFile(machine, ssh.keyFile()),
                ssh.hostKey() == null ? null : HostKey.parse(ssh.hostKey()));
    }

    private static Path keyFile(Machine machine, String written) {
        Path file = written.startsWith("~/")
                ? Path.of(System.getProperty("user.home"), written.substring(2))
                : Path.of(written);
        if (!Files.isReadable(file)) {
            throw new GaveUpException(
                    ExitCode.USAGE,
                    "The key file of %s, %s, can't be read".formatted(machine.name(), file),
                    "Name the private key that opens it: machines[].ssh.keyFile in fleet.yaml.");
        }
        return file;
    }

    static WantedMachine wanted(Machine machine) {
        MachineSize size = Objects.requireNonNullElse(machine.size(), AS_IT_IS);
        var wanted = new WantedMachine(
                machine.name(), new io.gantry.machines.MachineSize(size.cpus(), size.memory()), machine.labels());
        return machine.role().runsPlatform() ? wanted.reachingProvider() : wanted;
    }
}
