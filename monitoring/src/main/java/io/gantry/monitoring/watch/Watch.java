package io.gantry.monitoring.watch;

import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.monitoring.unit.FleetUnits;
import io.gantry.monitoring.unit.FleetUnits.MachineUnit;
import io.gantry.monitoring.unit.FleetUnits.ReplicaUnit;
import io.gantry.monitoring.unit.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Asks everything at once, once a beat, and judges what was heard. Used by one thread. */
final class Watch {
    private final FleetUnits fleet;
    private final Turn turn;
    private final Probes probes;
    private final Judgements judgements;
    private final Pulse pulse;
    private final WatchSettings settings;
    private final ExecutorService threads;
    private Map<String, Sighting> sightings = Map.of();

    Watch(
            FleetUnits fleet,
            Turn turn,
            Probes probes,
            Judgements judgements,
            Pulse pulse,
            WatchSettings settings,
            ExecutorService threads) {
        this.fleet = fleet;
        this.turn = turn;
        this.probes = probes;
        this.judgements = judgements;
        this.pulse = pulse;
        this.settings = settings;
        this.threads = threads;
    }

    private record Seen(Unit unit, Sighting sighting) {}

    void beat() throws InterruptedException {
        Roster roster = Roster.of(fleet);
        sightings = !roster.isEmpty() && turn.take() ? look(roster) : Map.of();
        new Survey(roster, sightings, pulse.beat(), settings).verdicts().forEach(judgements::pass);
    }

    private Map<String, Sighting> look(Roster roster) throws InterruptedException {
        List<Callable<Seen>> looks = new ArrayList<>();
        roster.machines().forEach(machine -> looks.add(() -> look(machine)));
        roster.replicas().forEach(replica -> looks.add(() -> look(replica, roster)));
        Map<String, Sighting> seen = new HashMap<>();
        for (Future<Seen> look : threads.invokeAll(looks)) {
            Seen one = seen(look);
            seen.put(one.unit().key(), one.sighting());
        }
        return seen;
    }

    private static Seen seen(Future<Seen> look) throws InterruptedException {
        try {
            return look.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("A look whose result is a value failed", failed.getCause());
        }
    }

    private Seen look(MachineUnit machine) throws InterruptedException {
        Unit.Machine unit = machine.unit().unit();
        return new Seen(unit, Sighting.of(heard(unit, () -> probes.ask(machine.told()))));
    }

    private Seen look(ReplicaUnit replica, Roster roster) throws InterruptedException {
        Unit.Replica unit = replica.unit().unit();
        Silence silence = heard(unit, () -> probes.ask(replica.told()));
        Optional<PreparedMachine> machine = roster.machine(unit.machine());
        return silence.isSilent() && machine.isPresent()
                ? new Seen(unit, new Sighting(silence, probes.container(machine.get(), unit.service())))
                : new Seen(unit, Sighting.of(silence));
    }

    private interface Asking {
        Optional<String> ask() throws InterruptedException;
    }

    private Silence heard(Unit unit, Asking asking) throws InterruptedException {
        Silence before = sightings.getOrDefault(unit.key(), Sighting.NONE).silence();
        Pulse.Mark asked = pulse.beat();
        Optional<String> unanswered = asking.ask();
        return unanswered
                .map(why -> before.unanswered(asked, pulse.beat(), why))
                .orElseGet(() -> before.answered(pulse.beat(), settings.suspectAfter()));
    }
}
