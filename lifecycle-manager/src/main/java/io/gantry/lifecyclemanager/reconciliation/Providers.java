package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.azure.AzureAccess;
import io.gantry.azure.AzureMachines;
import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.Ssh;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.machine.HostKeyTable;
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
import java.net.URI;
import java.time.InstantSource;
import java.util.Objects;
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
    private final InstantSource clock;
    private @Nullable MachineProvider local;
    private @Nullable InAzure azure;

    Providers(OwnSettings settings, FleetAccess access, Engines engines, HostKeyTable pins, InstantSource clock) {
        this.settings = settings;
        this.access = access;
        this.engines = engines;
        this.pins = pins;
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
                            fleet, access, keys(fleet.name()), pins, AzureMachines.Reached.FROM_WITHIN, clock));
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
