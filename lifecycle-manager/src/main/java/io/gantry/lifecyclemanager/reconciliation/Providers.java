package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.azure.AzureAccess;
import io.gantry.azure.AzureMachines;
import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.Ssh;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.machine.HostKeyTable;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.machine.MachineTable;
import io.gantry.lifecyclemanager.machine.OngoingTable;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineProvider;
import io.gantry.machines.MachineSize;
import io.gantry.machines.WantedMachine;
import io.gantry.machines.hosts.GivenHost;
import io.gantry.machines.hosts.GivenHosts;
import io.gantry.machines.local.LocalMachines;
import io.gantry.machines.local.LocalSettings;
import io.gantry.remote.Engines;
import io.gantry.remote.HostKey;
import io.gantry.remote.SshTarget;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where the machines of this fleet come from. */
@Component
@OnlyInFleet
class Providers {
    /** Of a host whose size nobody told; the provider of such hosts makes nothing of it. */
    private static final MachineSize ANY = new MachineSize(1, Memory.mebibytes(1024));

    private final OwnSettings settings;
    private final FleetAccess access;
    private final Engines engines;
    private final HostKeyTable pins;
    private final MachineTable machines;
    private final OngoingTable ongoing;
    private final InstantSource clock;
    private @Nullable MachineProvider local;
    private @Nullable InAzure azure;

    Providers(
            OwnSettings settings,
            FleetAccess access,
            Engines engines,
            HostKeyTable pins,
            MachineTable machines,
            OngoingTable ongoing,
            InstantSource clock) {
        this.settings = settings;
        this.access = access;
        this.engines = engines;
        this.pins = pins;
        this.machines = machines;
        this.ongoing = ongoing;
        this.clock = clock;
    }

    MachineProvider of(Fleet fleet) {
        return switch (fleet.provider()) {
            case LOCAL -> local(fleet.name());
            case STATIC ->
                new GivenHosts(fleet.machines().stream().map(this::host).toList(), keys(fleet.name()), pins, clock);
            case AZURE -> azure(fleet);
        };
    }

    /** Of a machine that the fleet's file need not name any more: a host is left by the login that it was prepared by. */
    MachineProvider ofLeaving(String machine, Fleet fleet) {
        return switch (fleet.provider()) {
            case LOCAL, AZURE -> of(fleet);
            case STATIC ->
                new GivenHosts(
                        machines.find(machine).flatMap(this::host).stream().toList(), keys(fleet.name()), pins, clock);
        };
    }

    private Optional<GivenHost> host(KnownMachine machine) {
        return Optional.ofNullable(machine.login())
                .map(login -> SshTarget.of(login, machine.hostKey()))
                .map(login -> new GivenHost(
                        new WantedMachine(machine.name(), ANY, Map.of(), false),
                        login.user(),
                        login.host(),
                        login.port(),
                        access.sshKey(),
                        null));
    }

    /** One for all: it gives no address to two machines that it makes at the same time. */
    private synchronized MachineProvider local(String fleet) {
        if (local == null) {
            String engine = settings.provider().localEngine();
            if (engine == null) {
                throw new MachineFailure(
                        MachineFailure.Reason.PROVIDER_REFUSED,
                        "The lifecycle manager was not told which engine local machines are containers of.");
            }
            local = new LocalMachines(
                    LocalSettings.of(fleet, settings.provider().localImage()),
                    engines.of(URI.create(engine), null),
                    keys(fleet),
                    pins,
                    clock);
        }
        return local;
    }

    /** One for each state of the fleet's file: it is made from what that says. */
    private synchronized MachineProvider azure(Fleet fleet) {
        if (azure == null || !fleet.equals(azure.fleet())) {
            AzureAccess access = AzureAccess.ofMachine(
                    fleet,
                    settings.provider().azureResourceManager(),
                    settings.provider().azureCertificates());
            azure = new InAzure(
                    fleet,
                    new AzureMachines(
                            fleet,
                            access,
                            keys(fleet.name()),
                            pins,
                            ongoing,
                            AzureMachines.Reached.FROM_WITHIN,
                            clock));
        }
        return azure.machines();
    }

    private record InAzure(Fleet fleet, MachineProvider machines) {}

    FleetKeys keys(String fleet) {
        return FleetKeys.read(access.sshKey(), fleet);
    }

    /** Wherever platform services run, a lifecycle manager may have to. */
    static WantedMachine wanted(Machine machine) {
        io.gantry.fleet.MachineSize size = machine.size();
        return new WantedMachine(
                machine.name(),
                size == null ? ANY : new MachineSize(size.cpus(), size.memory()),
                machine.labels(),
                machine.role().runsPlatform());
    }

    /** The owner's own key stays on the owner's computer: the fleet's was let in by the bootstrapper. */
    private GivenHost host(Machine machine) {
        Ssh ssh = Objects.requireNonNull(machine.ssh(), "A host that is there has an SSH server");
        String hostKey = ssh.hostKey();
        return new GivenHost(
                wanted(machine),
                ssh.user(),
                Objects.requireNonNull(machine.address(), "A host that is there has an address"),
                ssh.port(),
                access.sshKey(),
                hostKey == null ? null : HostKey.parse(hostKey));
    }
}
