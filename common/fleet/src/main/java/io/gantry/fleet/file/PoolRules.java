package io.gantry.fleet.file;

import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineSize;
import io.gantry.fleet.Pool;
import io.gantry.fleet.Provider;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether there can be such pools of machines. */
final class PoolRules {
    private final WrittenFleet fleet;
    private final Problems problems;

    private PoolRules(WrittenFleet fleet, Problems problems) {
        this.fleet = fleet;
        this.problems = problems;
    }

    static void check(WrittenFleet fleet, Problems problems) {
        new PoolRules(fleet, problems).check();
    }

    private void check() {
        List<Pool> pools = fleet.pools();
        if (!pools.isEmpty() && fleet.provider() == Provider.STATIC && !problems.tells("/provider")) {
            problems.add(
                    "/pools", "Hosts that you have don't come and go: list them under machines:, and leave pools: out");
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < pools.size(); i++) {
            check("/pools/" + i, pools.get(i), names);
        }
    }

    private void check(String pointer, Pool pool, Set<String> names) {
        if (!pool.name().isEmpty() && !names.add(pool.name())) {
            problems.add(
                    pointer + "/name",
                    "There are two pools named \"%s\": give this one another name".formatted(pool.name()));
        }
        fleet.machines().stream()
                .map(Machine::name)
                .filter(pool::owns)
                .findFirst()
                .ifPresent(machine -> problems.add(
                        pointer + "/name",
                        "The machine \"%s\" is named like one of this pool: give one of them another name"
                                .formatted(machine)));
        if (pool.min() > pool.max()) {
            problems.add(
                    pointer + "/min",
                    "At least %d machines are more than at most %d: lower min:, or raise max:"
                            .formatted(pool.min(), pool.max()));
        }
        MachineSize size = pool.size();
        if (size != null && size.memory().bytes() < MachineRules.LEAST_MEMORY.bytes()) {
            problems.add(pointer + "/size/memory", MachineRules.TOO_LITTLE_MEMORY);
        }
    }
}
