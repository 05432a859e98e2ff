package io.gantry.lifecyclemanager.fleet;

import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.fleet.FleetController.Met;
import io.gantry.lifecyclemanager.machine.MachineTable;
import io.gantry.lifecyclemanager.pool.PoolMachine;
import io.gantry.lifecyclemanager.pool.PoolMachines;
import io.gantry.lifecyclemanager.replica.Replica;
import io.gantry.lifecyclemanager.replica.ReplicaRow;
import io.gantry.lifecyclemanager.replica.ReplicaTable;
import io.gantry.remote.HostKey;
import io.gantry.web.ProblemException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes what the fleet is to be, as long as no data would be lost. */
@Component
@OnlyInFleet
@Transactional
class FleetChanges {
    private final Fleets fleets;
    private final MachineTable machines;
    private final ReplicaTable replicas;
    private final PoolMachines ofPools;
    private final JsonMapper json;
    private final InstantSource clock;

    FleetChanges(
            Fleets fleets,
            MachineTable machines,
            ReplicaTable replicas,
            PoolMachines ofPools,
            JsonMapper json,
            InstantSource clock) {
        this.fleets = fleets;
        this.machines = machines;
        this.replicas = replicas;
        this.ofPools = ofPools;
        this.json = json;
        this.clock = clock;
    }

    FleetDocument tell(Fleet fleet, @Nullable String platformImage, List<Met> met) {
        fleets.findToChange().ifPresent(known -> requireSameName(known.fleet(), fleet));
        met.forEach(machine -> pin(machine.name(), machine.hostKey()));
        machines.forgetRefusals();
        return enter(fleet, platformImage);
    }

    /** @param machine as in fleet.yaml */
    FleetDocument add(JsonNode machine) {
        FleetDocument known = told();
        String name = machine.path("name").asString("");
        if (known.fleet().machine(name).isPresent()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "MACHINE_EXISTS", "The fleet has a machine %s already.".formatted(name));
        }
        ObjectNode changed = json.valueToTree(known.fleet());
        ((ArrayNode) changed.get("machines")).add(machine);
        return enter(FleetWords.read(changed, ""), known.platformImage());
    }

    FleetDocument remove(String machine) {
        FleetDocument known = told();
        Fleet fleet = known.fleet();
        if (fleet.machine(machine).isEmpty() && removeFromPool(machine)) {
            return told();
        }
        if (fleet.machine(machine).isEmpty()) {
            throw ProblemException.notFound("MACHINE_NOT_FOUND", "The fleet has no machine %s.".formatted(machine));
        }
        // Said first: that services are bound to it by name would be a lesser reason.
        requireThatDataStays(fleet, candidate -> candidate.equals(machine));
        List<Machine> rest = new ArrayList<>(fleet.machines());
        rest.removeIf(candidate -> candidate.name().equals(machine));
        ObjectNode changed = json.valueToTree(fleet);
        changed.set("machines", json.valueToTree(rest));
        return enter(FleetWords.read(changed, ""), known.platformImage());
    }

    private boolean removeFromPool(String machine) {
        Optional<PoolMachine> found = ofPools.present().stream()
                .filter(candidate -> candidate.name().equals(machine))
                .findFirst();
        found.ifPresent(candidate -> {
            ofPools.remove(candidate, "It was asked for.", clock.instant());
            fleets.changed();
        });
        return found.isPresent();
    }

    private FleetDocument told() {
        return fleets.findToChange()
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.CONFLICT,
                        "FLEET_NOT_TOLD",
                        "Nobody has told yet what the fleet is to be: gantry up does that."));
    }

    private FleetDocument enter(Fleet fleet, @Nullable String platformImage) {
        requireThatDataStays(fleet, machine -> fleet.machine(machine).isEmpty());
        fleets.enter(fleet, platformImage);
        ofPools.present().stream()
                .filter(machine -> fleet.pool(machine.pool()).isEmpty())
                .forEach(machine -> ofPools.remove(
                        machine, "The fleet has no pool %s any more.".formatted(machine.pool()), clock.instant()));
        return told();
    }

    private static void requireSameName(Fleet known, Fleet told) {
        if (!known.name().equals(told.name()) || known.provider() != told.provider()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "ANOTHER_FLEET",
                    "This lifecycle manager looks after the fleet %s; its name and provider stay as they are."
                            .formatted(known.name()));
        }
    }

    /** @param leaving which machines are not to be there any more */
    private void requireThatDataStays(Fleet fleet, Predicate<String> leaving) {
        String stranded = replicas.all().stream()
                .map(ReplicaRow::replica)
                .filter(replica -> Replica.KEEP_DATA.contains(replica.service()))
                .filter(replica -> fleet.service(replica.service()).isPresent())
                .filter(replica -> leaving.test(replica.machine()))
                .map(Replica::toString)
                .collect(Collectors.joining(", "));
        if (!stranded.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "MACHINE_KEEPS_DATA",
                    "The data of %s would be lost with its machine; it can't leave the fleet.".formatted(stranded));
        }
    }

    private void pin(String machine, String hostKey) {
        HostKey told;
        try {
            told = HostKey.parse(hostKey);
        } catch (IllegalArgumentException invalid) {
            throw ProblemException.badRequest(
                    "INVALID_HOST_KEY", "The host key of %s: %s".formatted(machine, invalid.getMessage()));
        }
        if (!machines.pin(machine, told).equals(told)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "HOST_KEY_CHANGED",
                    "%s is known by another host key than the one that was told.".formatted(machine));
        }
    }
}
