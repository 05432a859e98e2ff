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
     * None, if all is reached at its address.
     *
     * @throws MachineFailure if the machine for it is not there yet
     */
    synchronized @Nullable Gate gate() {
        if (gate == null && fleet.provider() == Provider.AZURE) {
            Machine machine = first();
            gate = new Gate(
                    PreparedEngine.uriOf(machine),
                    machine.login().hostKey(),
                    keys.privateKey().toAbsolutePath());
        }
        return gate;
    }

    private Machine first() {
        var beginning = new Beginning(fleet);
        String name = beginning.machineOf(beginning.lifecycleManager()).name();
        return provider.find(name).orElseThrow(() -> MachineFailure.noSuchMachine(name));
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
