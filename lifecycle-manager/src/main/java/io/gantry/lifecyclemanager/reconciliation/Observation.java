package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.fleet.Fleet;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.fleet.FleetDocument;
import io.gantry.lifecyclemanager.fleet.Fleets;
import io.gantry.lifecyclemanager.machine.HostKeyTable;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.machine.MachineTable;
import io.gantry.lifecyclemanager.reconciliation.Seen.Fit;
import io.gantry.lifecyclemanager.reconciliation.Seen.Power;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenMachine;
import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import io.gantry.lifecyclemanager.replica.Replica;
import io.gantry.lifecyclemanager.replica.ReplicaRow;
import io.gantry.lifecyclemanager.replica.ReplicaTable;
import io.gantry.machines.platform.MachineAddress;
import io.gantry.machines.platform.RegistryAccess;
import io.gantry.remote.HostKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Looks at the fleet: at what it is to be, at what its provider says, and at its machines. */
@Component
@OnlyInFleet
class Observation {
    private final Fleets fleets;
    private final MachineTable machines;
    private final ReplicaTable replicas;
    private final HostKeyTable pins;
    private final Inventory inventory;
    private final MachineSight sight;
    private final Losses losses;
    private final Descriptions descriptions;
    private final News news;
    private final OwnSettings settings;

    Observation(
            Fleets fleets,
            MachineTable machines,
            ReplicaTable replicas,
            HostKeyTable pins,
            Inventory inventory,
            MachineSight sight,
            Losses losses,
            Descriptions descriptions,
            News news,
            OwnSettings settings) {
        this.fleets = fleets;
        this.machines = machines;
        this.replicas = replicas;
        this.pins = pins;
        this.inventory = inventory;
        this.sight = sight;
        this.losses = losses;
        this.descriptions = descriptions;
        this.news = news;
        this.settings = settings;
    }

    /** What was seen before: whoever begins to act begins to look. */
    void forget() {
        sight.forget();
        losses.forget();
    }

    /** @return empty as long as nobody has told what the fleet is to be */
    Optional<Look> look() {
        return fleets.find().map(this::look);
    }

    private Look look(FleetDocument document) {
        Fleet fleet = document.fleet();
        List<KnownMachine> known = machines.all();
        List<ReplicaRow> rows = replicas.all();
        pins.refresh(known);
        Inventory.Listed listed = inventory.of(fleet, known);
        List<KnownMachine> reachable = known.stream()
                .filter(machine -> canAnswer(listed.power(machine.name())))
                .toList();
        // Before the machines are looked at: one that is empty after others knew that it takes nothing new stays empty.
        Set<String> open = news.knownAsOpen();
        Map<String, Sight> sights = sight.of(fleet, reachable);
        Assignment assignment = Assignment.of(fleet, there(sights, rows), losses.lost(sights, off(listed)));
        Map<String, MachineAddress> addresses = addresses(known, listed);
        String registry = descriptions
                .registry(document, assignment, addresses)
                .map(Observation::trusted)
                .orElse("?");
        Map<String, SeenMachine> seen = new HashMap<>();
        names(fleet, known, listed).forEach(name -> {
            Optional<KnownMachine> machine = known.stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst();
            seen.put(
                    name,
                    new SeenMachine(
                            name,
                            listed.power(name),
                            machine.filter(it -> it.isPreparedFor(registry)).isPresent(),
                            sights.getOrDefault(name, new Sight.NotAsked()),
                            fit(fleet.machine(name), machine, listed),
                            !open.contains(name)));
        });
        Map<Replica, String> digests = descriptions.digests(document, assignment, addresses);
        return new Look(document, known, rows, addresses, new Desired(fleet, assignment, digests), new Seen(seen));
    }

    private static Set<String> off(Inventory.Listed listed) {
        return listed.machines().entrySet().stream()
                .filter(machine -> machine.getValue().power() == Power.OFF)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The registry that engines are to trust though it has no certificate; empty if it has one. */
    static String trusted(RegistryAccess registry) {
        return registry.insecure() ? registry.address() : "";
    }

    private static boolean canAnswer(Power power) {
        return switch (power) {
            case ON, UNKNOWN -> true;
            case ABSENT, HALF_MADE, OFF -> false;
        };
    }

    private static Set<String> names(Fleet fleet, List<KnownMachine> known, Inventory.Listed listed) {
        return Stream.of(
                        fleet.machines().stream().map(io.gantry.fleet.Machine::name),
                        known.stream().map(KnownMachine::name),
                        listed.machines().keySet().stream())
                .flatMap(names -> names)
                .collect(Collectors.toSet());
    }

    /** Of one whose size nobody was told yet there is nothing to say. */
    private static Fit fit(
            Optional<io.gantry.fleet.Machine> wanted, Optional<KnownMachine> known, Inventory.Listed listed) {
        if (wanted.isEmpty() || known.isEmpty() || known.get().cpus() == null || listed.problem() != null) {
            return new Fit.Right();
        }
        if (listed.differs(known.get().name())) {
            String why = known.get().sizeRefusedWhy();
            return why != null
                            && Resizes.sizeOf(wanted.get()).equals(known.get().sizeRefused())
                    ? new Fit.Refused(why)
                    : new Fit.Wrong();
        }
        return known.get().isOf(wanted.get().size()) ? new Fit.Right() : new Fit.Untold();
    }

    /** First what runs where it was to run, then what runs anywhere, then what was to run. */
    private List<Replica> there(Map<String, Sight> sights, List<ReplicaRow> rows) {
        Replica self = new Replica(Planner.MYSELF, settings.machine());
        List<Replica> written = rows.stream().map(ReplicaRow::replica).toList();
        List<Replica> seen = new ArrayList<>(List.of(self));
        sights.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            if (entry.getValue() instanceof Sight.Running running) {
                running.services().entrySet().stream()
                        .filter(service -> service.getValue().running())
                        .map(service -> new Replica(service.getKey(), entry.getKey()))
                        .forEach(seen::add);
            }
        });
        return Stream.of(
                        seen.stream().filter(written::contains),
                        seen.stream().filter(replica -> !written.contains(replica)),
                        written.stream())
                .flatMap(replicas -> replicas)
                .distinct()
                .toList();
    }

    private static Map<String, MachineAddress> addresses(List<KnownMachine> known, Inventory.Listed listed) {
        Map<String, MachineAddress> addresses = new HashMap<>();
        for (KnownMachine machine : known) {
            String address = listed.address(machine.name()).orElse(machine.address());
            String hostKey = machine.hostKey();
            if (address != null && hostKey != null) {
                URI engine = machine.engine();
                addresses.put(
                        machine.name(),
                        new MachineAddress(
                                address, engine == null ? usualEngine(address) : engine, HostKey.parse(hostKey)));
            }
        }
        return addresses;
    }

    /** Where it will be once Docker is prepared. */
    private static URI usualEngine(String address) {
        return URI.create("ssh://gantry@%s:22".formatted(address.contains(":") ? "[" + address + "]" : address));
    }
}
