package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.fleet.Fleet;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.reconciliation.Seen.Power;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineProvider;
import io.gantry.machines.MachineState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the provider which machines there are. */
@Component
@OnlyInFleet
class Inventory {
    private final Providers providers;

    Inventory(Providers providers) {
        this.providers = providers;
    }

    /** @param problem why the provider can't tell; then there are none here, and nothing follows from that */
    record Listed(Map<String, Provided> machines, @Nullable String problem) {
        Listed {
            machines = Map.copyOf(machines);
        }

        Power power(String machine) {
            Provided provided = machines.get(machine);
            if (provided != null) {
                return provided.power();
            }
            return problem == null ? Power.ABSENT : Power.UNKNOWN;
        }

        /** Whether it can be said that it is not as large as it is to be. */
        boolean differs(String machine) {
            Provided provided = machines.get(machine);
            return provided != null && provided.differs();
        }

        Optional<String> address(String machine) {
            return Optional.ofNullable(machines.get(machine)).map(Provided::address);
        }
    }

    /** @param differs in size from what it is to be */
    record Provided(Power power, @Nullable String address, boolean differs) {}

    Listed of(Fleet fleet, List<KnownMachine> known) {
        return switch (fleet.provider()) {
            case LOCAL, AZURE -> made(fleet);
            case STATIC -> given(fleet, known);
        };
    }

    private Listed made(Fleet fleet) {
        Map<String, Provided> machines = new HashMap<>();
        try {
            MachineProvider provider = providers.of(fleet);
            for (Machine machine : provider.list()) {
                boolean differs = fleet.machine(machine.name())
                        .map(Providers::wanted)
                        .filter(wanted -> provider.differs(machine, wanted))
                        .isPresent();
                machines.put(machine.name(), new Provided(power(machine.state()), machine.address(), differs));
            }
            return new Listed(machines, null);
        } catch (MachineFailure failure) {
            return new Listed(Map.of(), failure.getMessage());
        }
    }

    private static Power power(MachineState state) {
        return switch (state) {
            case PROVISIONING -> Power.HALF_MADE;
            case RUNNING -> Power.ON;
            case STOPPED -> Power.OFF;
            case UNREACHABLE -> Power.UNKNOWN;
        };
    }

    /** A host that is there is taken into the fleet when its key is pinned; whether it answers is seen by looking at it. */
    private static Listed given(Fleet fleet, List<KnownMachine> known) {
        Map<String, Provided> machines = new HashMap<>();
        known.stream()
                .filter(machine -> machine.hostKey() != null)
                .forEach(machine -> machines.put(
                        machine.name(),
                        new Provided(
                                Power.ON,
                                fleet.machine(machine.name())
                                        .map(io.gantry.fleet.Machine::address)
                                        .orElse(machine.address()),
                                false)));
        return new Listed(machines, null);
    }
}
