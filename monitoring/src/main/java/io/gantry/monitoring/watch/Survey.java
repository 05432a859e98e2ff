package io.gantry.monitoring.watch;

import io.gantry.contract.registry.NodeState;
import io.gantry.monitoring.unit.FleetUnits.MachineUnit;
import io.gantry.monitoring.unit.FleetUnits.ReplicaUnit;
import io.gantry.monitoring.unit.Unit;
import io.gantry.monitoring.unit.UnitState;
import io.gantry.monitoring.unit.Verdict;
import io.gantry.monitoring.watch.MachineSigns.NodeWord;
import io.gantry.monitoring.watch.MachineSigns.Services;
import io.gantry.monitoring.watch.ReplicaSigns.MachineSight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is known at one moment, and what follows from it.
 *
 * @param sightings by the keys of units
 */
record Survey(Roster roster, Map<String, Sighting> sightings, Pulse.Mark now, WatchSettings settings) {
    private static final String NODE_MANAGER = "node-manager";
    private static final int ENOUGH_TO_COMPARE = 3;

    /** Machines first. What is not here stays what it was. */
    Map<Unit, Verdict> verdicts() {
        Map<Unit, Verdict> verdicts = new LinkedHashMap<>();
        for (MachineUnit machine : roster.machines()) {
            Unit.Machine unit = machine.unit().unit();
            signs(unit).verdict(settings).ifPresent(verdict -> verdicts.put(unit, verdict));
        }
        for (ReplicaUnit replica : roster.replicas()) {
            Unit.Replica unit = replica.unit().unit();
            signs(unit, verdicts).verdict(settings).ifPresent(verdict -> verdicts.put(unit, verdict));
        }
        return verdicts;
    }

    private MachineSigns signs(Unit.Machine machine) {
        return new MachineSigns(
                silence(machine).length(now), nodeWord(machine.name()), services(machine.name()), isCutOff());
    }

    /** What was said last by a node-manager that does not answer may be long past. */
    private NodeWord nodeWord(String machine) {
        NodeState state = roster.nodes().get(machine);
        if (state == null || isSilent(NODE_MANAGER)) {
            return NodeWord.NONE;
        }
        return switch (state) {
            case READY -> NodeWord.READY;
            case UNREACHABLE -> NodeWord.UNREACHABLE;
        };
    }

    private Services services(String machine) {
        List<Silence> there = roster.replicas().stream()
                .filter(replica -> replica.told().machine().equals(machine))
                .map(replica -> silence(replica.unit().unit()))
                .toList();
        if (there.stream().anyMatch(Silence::answers)) {
            return Services.ANSWER;
        }
        return there.stream().anyMatch(Silence::isSilent) ? Services.SILENT : Services.NONE;
    }

    /** Of several machines it reaches one at the most, which may be its own. */
    private boolean isCutOff() {
        return roster.machines().size() >= ENOUGH_TO_COMPARE
                && roster.machines().stream()
                                .filter(machine ->
                                        silence(machine.unit().unit()).answers())
                                .count()
                        <= 1;
    }

    private ReplicaSigns signs(Unit.Replica replica, Map<Unit, Verdict> verdicts) {
        Silence silence = silence(replica);
        return new ReplicaSigns(
                replica.service(),
                silence.length(now),
                silence.why(),
                sighting(replica).container(),
                sight(new Unit.Machine(replica.machine()), verdicts));
    }

    private MachineSight sight(Unit.Machine machine, Map<Unit, Verdict> verdicts) {
        if (state(machine, verdicts) == UnitState.DOWN) {
            return MachineSight.LOST;
        }
        Silence silence = silence(machine);
        if (silence.isBackWithin(settings.boot(), now)) {
            return MachineSight.BOOTS;
        }
        return silence.answers() ? MachineSight.ANSWERS : MachineSight.SILENT;
    }

    private UnitState state(Unit.Machine machine, Map<Unit, Verdict> verdicts) {
        return Optional.ofNullable(verdicts.get(machine))
                .map(Verdict::state)
                .or(() -> roster.machines().stream()
                        .filter(known -> known.unit().unit().equals(machine))
                        .map(known -> known.unit().state())
                        .findFirst())
                .orElse(UnitState.UNKNOWN);
    }

    private boolean isSilent(String service) {
        List<Silence> replicas = roster.replicas().stream()
                .filter(replica -> replica.told().service().equals(service))
                .map(replica -> silence(replica.unit().unit()))
                .toList();
        return !replicas.isEmpty() && replicas.stream().noneMatch(Silence::answers);
    }

    private Silence silence(Unit unit) {
        return sighting(unit).silence();
    }

    private Sighting sighting(Unit unit) {
        return sightings.getOrDefault(unit.key(), Sighting.NONE);
    }
}
