package io.gantry.monitoring.watch;

import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Node;
import io.gantry.monitoring.unit.Unit;
import io.gantry.monitoring.unit.Verdict;
import io.gantry.monitoring.watch.InstanceSigns.Others;
import io.gantry.monitoring.watch.MachineSigns.NodeWord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that is known of instances at one moment, and what follows from it.
 *
 * @param nodes as the node-manager told of them last
 */
record InstanceSurvey(
        List<Listening> instances,
        Map<InstanceId, InstanceSighting> sightings,
        Map<NodeId, Node> nodes,
        Pulse.Mark now) {
    /** Of those that are another than they were known to be. */
    Map<Unit, Verdict> verdicts(WatchSettings settings, InstanceSettings ofInstances) {
        Map<Unit, Verdict> verdicts = new LinkedHashMap<>();
        for (Listening instance : instances) {
            signs(instance)
                    .verdict(settings, ofInstances)
                    .filter(verdict ->
                            verdict.state() != instance.running().unit().state())
                    .ifPresent(verdict -> verdicts.put(instance.running().unit().unit(), verdict));
        }
        return verdicts;
    }

    private InstanceSigns signs(Listening instance) {
        InstanceSighting seen = sighting(instance);
        return new InstanceSigns(
                instance.health(),
                instance.running().hung(),
                instance.running().reached(),
                seen,
                seen.silence().length(now),
                nodeWord(instance),
                seen.silence().isSilent() ? others(instance) : Others.NONE);
    }

    private NodeWord nodeWord(Listening instance) {
        Node node = nodes.get(instance.node());
        if (node == null) {
            return NodeWord.NONE;
        }
        return switch (node.state()) {
            case READY -> NodeWord.READY;
            case UNREACHABLE -> NodeWord.UNREACHABLE;
        };
    }

    private Others others(Listening instance) {
        List<InstanceSighting> there = instances.stream()
                .filter(other ->
                        other.node().equals(instance.node()) && !other.id().equals(instance.id()))
                .map(this::sighting)
                .filter(InstanceSighting::isKnown)
                .toList();
        if (there.isEmpty()) {
            return Others.NONE;
        }
        return there.stream().anyMatch(InstanceSighting::spoke) ? Others.SPEAK : Others.SILENT;
    }

    private InstanceSighting sighting(Listening instance) {
        return sightings.getOrDefault(instance.id(), InstanceSighting.NONE);
    }
}
