package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.platform.Gate;
import io.gantry.bootstrapper.platform.UnreachableException;
import io.gantry.bootstrapper.platform.Way;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Provider;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineProvider;
import io.gantry.machines.docker.PreparedEngine;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How this computer reaches what is at an address of the fleet: there, or, where only SSH comes in from outside, through a gate. */
final class Reach {
    private final Fleet fleet;
    private final FleetKeys keys;
    private final MachineProvider provider;
    private @Nullable Gate gate;
    private @Nullable Way way;

    Reach(Fleet fleet, FleetKeys keys, MachineProvider provider) {
        this.fleet = fleet;
        this.keys = keys;
        this.provider = provider;
    }

    /**
     * All that are known by their host keys here; none, if all is reached at its address.
     *
     * @throws MachineFailure if the first machine for it is not there yet
     */
    List<Gate> gates() {
        Gate first = gate();
        return first == null
                ? List.of()
                : Stream.concat(
                                Stream.of(first),
                                others().flatMap(machine -> provider.find(machine.name()).stream())
                                        .filter(machine -> machine.ssh() != null)
                                        .map(this::through))
                        .toList();
    }

    /** What others created is not known here by its host key until it has been asked for by its name. */
    void meetOthers() {
        others().forEach(machine -> provider.create(Machines.wanted(machine)));
    }

    private Stream<io.gantry.fleet.Machine> others() {
        return fleet.provider() == Provider.AZURE
                ? fleet.gates().stream().filter(machine -> !machine.name().equals(firstName()))
                : Stream.of();
    }

    private synchronized @Nullable Gate gate() {
        if (gate == null && fleet.provider() == Provider.AZURE) {
            String name = firstName();
            gate = through(provider.find(name).orElseThrow(() -> MachineFailure.noSuchMachine(name)));
        }
        return gate;
    }

    private Gate through(Machine machine) {
        return new Gate(
                PreparedEngine.uriOf(machine),
                machine.login().hostKey(),
                keys.privateKey().toAbsolutePath());
    }

    private String firstName() {
        var beginning = new Beginning(fleet);
        return beginning.machineOf(beginning.lifecycleManager()).name();
    }

    synchronized Way way() {
        if (way == null) {
            Gate through = gate();
            way = through == null ? Way.DIRECT : through.way();
        }
        return way;
    }

    /**
     * Where an address of the fleet is reached from here.
     *
     * @throws MachineFailure if nobody takes connections there
     */
    URI to(URI address) {
        try {
            return way().to(address);
        } catch (ConnectException | UnreachableException closed) {
            throw new MachineFailure(MachineFailure.Reason.NO_ANSWER, String.valueOf(closed.getMessage()), closed);
        }
    }

    /** From outside, those machines alone are reached that the fleet begins with. */
    URI engineOf(Machine machine) {
        URI engine = PreparedEngine.uriOf(machine);
        boolean behindGate = fleet.provider() == Provider.AZURE
                && fleet.beginning().stream().noneMatch(first -> first.name().equals(machine.name()));
        return behindGate ? to(engine) : engine;
    }
}
