package io.gantry.lifecyclemanager.fleet;

import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineRole;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.machine.MachineTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Machines as they are to be, beside what is known of them. */
@Component
@OnlyInFleet
class MachineList {
    private final Fleets fleets;
    private final MachineTable machines;

    MachineList(Fleets fleets, MachineTable machines) {
        this.fleets = fleets;
        this.machines = machines;
    }

    /**
     * @param role none if it is to leave the fleet
     * @param state in the provider's words; none until it was looked at
     * @param preparedAt since when its Docker Engine is ready
     */
    record Shown(
            String name,
            @Nullable MachineRole role,
            Map<String, String> labels,
            @Nullable String state,
            @Nullable String address,
            @Nullable Instant preparedAt,
            boolean cordoned,
            @Nullable String problem) {
        static Shown of(String name, Optional<Machine> wanted, @Nullable KnownMachine known) {
            return new Shown(
                    name,
                    wanted.map(Machine::role).orElse(null),
                    wanted.map(Machine::labels).orElse(Map.of()),
                    known == null ? null : known.state(),
                    known == null ? null : known.address(),
                    known == null ? null : known.preparedAt(),
                    known != null && (known.cordoned() || wanted.isEmpty()),
                    known == null ? null : known.problem());
        }
    }

    List<Shown> all() {
        List<Machine> wanted =
                fleets.find().map(document -> document.fleet().machines()).orElse(List.of());
        Map<String, KnownMachine> known =
                machines.all().stream().collect(Collectors.toMap(KnownMachine::name, machine -> machine));
        List<Shown> shown = new ArrayList<>();
        Stream.concat(
                        wanted.stream().map(Machine::name),
                        known.keySet().stream().sorted())
                .distinct()
                .forEach(name -> shown.add(Shown.of(name, find(wanted, name), known.get(name))));
        return shown;
    }

    private static Optional<Machine> find(List<Machine> machines, String name) {
        return machines.stream().filter(machine -> machine.name().equals(name)).findFirst();
    }
}
