package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.fleet.AzureMachine;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineSize;
import io.gantry.lifecyclemanager.reconciliation.Seen.Fit;
import io.gantry.lifecyclemanager.reconciliation.Seen.Power;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenMachine;
import java.util.List;
import java.util.Optional;

/** Which machine is resized, or is emptied for it: one at a time, and none while another is away. */
final class Resizes {
    private Resizes() {}

    static Optional<String> next(Desired desired, Seen seen) {
        List<SeenMachine> wrong = desired.fleet().machines().stream()
                .map(machine -> seen.machine(machine.name()))
                .filter(machine -> machine.fit() instanceof Fit.Wrong)
                .filter(machine -> !isFromOutside(desired.fleet(), machine.name()))
                .toList();
        return wrong.stream()
                .filter(machine -> machine.power() == Power.OFF)
                .findFirst()
                .or(() -> wrong.stream()
                        .filter(machine -> othersAnswer(desired.fleet(), seen, machine.name()))
                        .findFirst())
                .map(SeenMachine::name);
    }

    /** Without it there is nobody here to switch it on again. */
    static boolean isFromOutside(Fleet fleet, String machine) {
        return fleet.beginning().stream().anyMatch(first -> first.name().equals(machine));
    }

    private static boolean othersAnswer(Fleet fleet, Seen seen, String machine) {
        return fleet.machines().stream()
                .map(Machine::name)
                .filter(other -> !other.equals(machine))
                .allMatch(seen::answers);
    }

    /** In the provider's words, if it has any. */
    static String sizeOf(Machine machine) {
        AzureMachine azure = machine.azure();
        MachineSize size = machine.size();
        if (azure != null) {
            return azure.size();
        }
        return size == null ? "" : "%s cpus, %s".formatted(size.cpus(), size.memory());
    }
}
