package io.gantry.bootstrapper.fleet;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Provider;
import io.gantry.identity.AzureIdentity;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineProvider;
import io.gantry.machines.docker.PreparedEngine;
import io.gantry.machines.platform.CentralDatabase;
import io.gantry.machines.platform.MachineAddress;
import io.gantry.registry.AzureSignIn;
import io.gantry.remote.Engine;
import io.gantry.remote.Engines;
import io.gantry.remote.Labels;
import io.gantry.remote.Unreachable;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fleet as this computer reaches it: its machines, and their engines by the fleet's key. */
final class Laptop implements AutoCloseable {
    private final URI ownEngine = OwnEngine.at(System.getenv("DOCKER_HOST"));

    private final Fleet fleet;
    private final FleetKeys keys;
    private final Engines engines;
    private final MachineProvider provider;
    private final AzureSignIn signIn;
    private final Reach reach;

    Laptop(Fleet fleet, FleetFolder folder, Session session) {
        this.fleet = fleet;
        this.keys = folder.keys(fleet.name());
        this.engines = new Engines(keys.privateKey());
        this.provider =
                Machines.of(fleet, folder, engine(), ownEngine.getPath(), session::now, session.terminal()::say);
        this.signIn =
                new AzureSignIn(() -> AzureIdentity.ofLaptop(System.getenv(), session.terminal()::say), session::now);
        this.reach = new Reach(fleet, keys, provider);
    }

    MachineProvider provider() {
        return provider;
    }

    /** Whoever sits here, in Azure; asked for when something lets in nobody else. */
    AzureSignIn signIn() {
        return signIn;
    }

    Reach reach() {
        return reach;
    }

    FleetKeys keys() {
        return keys;
    }

    /** This computer's own. */
    Engine engine() {
        return engines.of(ownEngine, null);
    }

    Engine engineOf(Machine machine) {
        return engines.of(reach.engineOf(machine), machine.login().hostKey().toString());
    }

    MachineAddress addressOf(Machine machine) {
        return new MachineAddress(
                machine.address(),
                PreparedEngine.uriOf(machine),
                machine.login().hostKey());
    }

    boolean isSomebodys() {
        return fleet.provider() == Provider.STATIC;
    }

    /** A lifecycle manager would make again what is removed. One that can't be reached makes nothing either. */
    void removeLifecycleManager(Machine machine) {
        try {
            engineOf(machine)
                    .docker()
                    .removeContainerCmd("gantry-" + Beginning.LIFECYCLE_MANAGER)
                    .withForce(true)
                    .exec();
        } catch (NotFoundException | Unreachable | MachineFailure noneThere) {
            return;
        }
    }

    /** Whatever of the platform works with what the foundations keep. One that can't be reached is left: it can't be asked. */
    void removePlatform(Machine machine) {
        try {
            DockerClient docker = engineOf(machine).docker();
            docker
                    .listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(Map.of(Labels.FLEET, fleet.name(), Labels.MACHINE, machine.name()))
                    .exec()
                    .stream()
                    .filter(container -> isUpon(container.getLabels().get(Labels.PLATFORM_SERVICE)))
                    .forEach(container -> docker.removeContainerCmd(container.getId())
                            .withForce(true)
                            .exec());
        } catch (NotFoundException | Unreachable | MachineFailure noneThere) {
            return;
        }
    }

    private static boolean isUpon(@Nullable String service) {
        return service != null && !Beginning.isFoundation(service);
    }

    CentralDatabase databaseOn(Machine machine) {
        return new CentralDatabase(engineOf(machine), machine.name());
    }

    /** Removes what the fleet has on a machine that goes on without it: nothing, where Docker was never prepared. */
    void clear(Machine machine) {
        try {
            clear(engineOf(machine).docker());
        } catch (Unreachable closed) {
            if (closed.reason() != Unreachable.Reason.KEY_REFUSED) {
                throw closed;
            }
        }
    }

    private void clear(DockerClient docker) {
        var ofFleet = List.of(Labels.FLEET + "=" + fleet.name());
        docker.listContainersCmd().withShowAll(true).withFilter("label", ofFleet).exec().stream()
                .forEach(container -> docker.removeContainerCmd(container.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec());
        docker.listNetworksCmd().withFilter("label", ofFleet).exec().stream()
                .forEach(network -> docker.removeNetworkCmd(network.getId()).exec());
        docker.listVolumesCmd().withFilter("label", ofFleet).exec().getVolumes().stream()
                .forEach(volume -> docker.removeVolumeCmd(volume.getName()).exec());
    }

    @Override
    public void close() {
        engines.close();
    }
}
