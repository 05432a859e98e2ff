package io.gantry.monitoring.watch;

import io.gantry.contract.NodeId;
import io.gantry.contract.fleet.PlatformReplica;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.registry.NodeState;
import io.gantry.monitoring.unit.FleetUnits.MachineUnit;
import io.gantry.monitoring.unit.FleetUnits.ReplicaUnit;
import io.gantry.monitoring.unit.Seen;
import io.gantry.monitoring.unit.Unit;
import io.gantry.monitoring.unit.UnitState;
import io.gantry.monitoring.unit.Verdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Machines and services that answer or do not, watched second by second in time that a test lets pass. */
final class PlayedFleet {
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();
    private final Pulse pulse = new Pulse(nanos::get, Settings.DEFAULT.stall());
    private final Map<Unit, UnitState> states = new LinkedHashMap<>();
    private final Map<String, Sighting> sightings = new HashMap<>();
    private final Map<String, NodeState> nodes = new HashMap<>();
    private final Map<Unit, ContainerWord> containers = new HashMap<>();
    private final Set<Unit> silent = new HashSet<>();
    private final Set<Unit> downs = new LinkedHashSet<>();
    private int changes;

    PlayedFleet with(Unit... units) {
        List.of(units).forEach(unit -> states.put(unit, UnitState.UNKNOWN));
        return this;
    }

    PlayedFleet node(String name, NodeState state) {
        nodes.put(name, state);
        return this;
    }

    PlayedFleet container(Unit unit, ContainerWord word) {
        containers.put(unit, word);
        return this;
    }

    PlayedFleet silence(Unit... units) {
        silent.addAll(List.of(units));
        return this;
    }

    PlayedFleet answer(Unit... units) {
        List.of(units).forEach(silent::remove);
        return this;
    }

    void live(Duration time) {
        for (long beat = 0; beat < time.toSeconds(); beat++) {
            Pulse.Mark asked = pulse.beat();
            pass(BEAT);
            look(asked, silent);
        }
    }

    /** While monitoring is stopped nothing answers it. */
    void stallWhileAsking(Duration time) {
        Pulse.Mark asked = pulse.beat();
        nanos.addAndGet(time.toNanos());
        look(asked, states.keySet());
    }

    private void pass(Duration time) {
        for (int tenth = 0; tenth < 10; tenth++) {
            nanos.addAndGet(time.toNanos() / 10);
            pulse.beat();
        }
    }

    private void look(Pulse.Mark asked, Set<Unit> unanswered) {
        Pulse.Mark now = pulse.beat();
        for (Unit unit : states.keySet()) {
            Silence before = sightings.getOrDefault(unit.key(), Sighting.NONE).silence();
            Silence heard = unanswered.contains(unit)
                    ? before.unanswered(asked, now, "no answer")
                    : before.answered(now, Settings.DEFAULT.suspectAfter());
            var word = containers.getOrDefault(unit, new ContainerWord.Runs(Duration.ofHours(1)));
            sightings.put(unit.key(), new Sighting(heard, word));
        }
        new Survey(roster(), sightings, now, Settings.DEFAULT).verdicts().forEach(this::pass);
    }

    private void pass(Unit unit, Verdict verdict) {
        if (states.put(unit, verdict.state()) != verdict.state()) {
            changes++;
            if (verdict.state() == UnitState.DOWN) {
                downs.add(unit);
            }
        }
    }

    private Roster roster() {
        return new Roster(
                states.keySet().stream()
                        .filter(Unit.Machine.class::isInstance)
                        .map(unit -> machine((Unit.Machine) unit))
                        .toList(),
                states.keySet().stream()
                        .filter(Unit.Replica.class::isInstance)
                        .map(unit -> replica((Unit.Replica) unit))
                        .toList(),
                nodes);
    }

    private MachineUnit machine(Unit.Machine machine) {
        var told = new PreparedMachine(
                new NodeId(machine.name()),
                URI.create("ssh://gantry@10.0.0.1:22"),
                "ssh-ed25519 AAAA",
                "10.0.0.1",
                true,
                2,
                Memory.mebibytes(1024),
                Map.of(),
                false,
                Instant.EPOCH);
        return new MachineUnit(told, new Seen<>(machine, machine.name(), states.get(machine), Instant.EPOCH, null));
    }

    private ReplicaUnit replica(Unit.Replica replica) {
        var told = new PlatformReplica(replica.service(), replica.machine(), "10.0.0.1", 7071, Instant.EPOCH);
        return new ReplicaUnit(told, new Seen<>(replica, replica.machine(), states.get(replica), Instant.EPOCH, null));
    }

    UnitState state(Unit unit) {
        return states.get(unit);
    }

    /** What was ever judged to be down. */
    Set<Unit> downs() {
        return downs;
    }

    /** How often any verdict was another than before. */
    int changes() {
        return changes;
    }
}
