package io.gantry.monitoring.watch;

import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Node;
import io.gantry.monitoring.unit.FleetUnits;
import io.gantry.monitoring.unit.Units;
import io.gantry.remote.HealthProbe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks each instance that listens on a port as its manifest says, and judges what was heard by then. It waits for no answer:
 * how many there are, and how slow, delays nobody. Used by one thread.
 */
final class InstanceWatch {
    private final Units units;
    private final FleetUnits fleet;
    private final Turn turn;
    private final Probes probes;
    private final Judgements judgements;
    private final Pulse pulse;
    private final WatchSettings settings;
    private final InstanceSettings ofInstances;
    private final ExecutorService threads;
    private final Map<InstanceId, HealthCheck> checks = new ConcurrentHashMap<>();

    InstanceWatch(
            Units units,
            FleetUnits fleet,
            Turn turn,
            Probes probes,
            Judgements judgements,
            Pulse pulse,
            WatchSettings settings,
            InstanceSettings ofInstances,
            ExecutorService threads) {
        this.units = units;
        this.fleet = fleet;
        this.turn = turn;
        this.probes = probes;
        this.judgements = judgements;
        this.pulse = pulse;
        this.settings = settings;
        this.ofInstances = ofInstances;
        this.threads = threads;
    }

    /** What was heard is judged before it is asked again, so that no answer passes unnoticed. */
    void beat() {
        List<Listening> instances =
                units.running().stream().flatMap(Listening::of).toList();
        if (instances.isEmpty() || !turn.take()) {
            checks.clear();
            return;
        }
        forgetAllBut(instances);
        Map<NodeId, Node> nodes = fleet.nodesAsTold().stream().collect(Collectors.toMap(Node::id, Function.identity()));
        Pulse.Mark now = pulse.beat();
        judge(instances, nodes, now);
        instances.forEach(instance -> ask(instance, nodes.get(instance.node()), now));
    }

    private void forgetAllBut(List<Listening> instances) {
        Map<InstanceId, Listening> current =
                instances.stream().collect(Collectors.toMap(Listening::id, Function.identity()));
        checks.entrySet().removeIf(check -> {
            Listening instance = current.get(check.getKey());
            return instance == null || !check.getValue().isOf(instance);
        });
    }

    private void judge(List<Listening> instances, Map<NodeId, Node> nodes, Pulse.Mark now) {
        Map<InstanceId, InstanceSighting> seen = checks.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, check -> check.getValue().seen()));
        instances.stream()
                .filter(instance -> !instance.running().reached())
                .filter(instance ->
                        seen.getOrDefault(instance.id(), InstanceSighting.NONE).reached())
                .forEach(instance -> units.reached(instance.running().unit().unit()));
        new InstanceSurvey(instances, seen, nodes, now)
                .verdicts(settings, ofInstances)
                .forEach(judgements::pass);
    }

    private void ask(Listening instance, @Nullable Node node, Pulse.Mark now) {
        HealthCheck check = checks.computeIfAbsent(
                instance.id(), _ -> new HealthCheck(instance.running().told().startedAt()));
        if (check.begin(now, ofInstances.pause(instance.health().interval().value()))) {
            threads.execute(() -> ask(instance, node, check));
        }
    }

    private void ask(Listening instance, @Nullable Node node, HealthCheck check) {
        try {
            Pulse.Mark asked = pulse.beat();
            HealthProbe.Answer answer = probes.ask(instance.address(), instance.port(), instance.health());
            Pulse.Mark given = pulse.beat();
            if (answer.good()) {
                check.hear(seen -> seen.well(given, settings.suspectAfter()));
            } else {
                ContainerWord word = word(instance, node);
                check.hear(seen -> seen.unwell(asked, given, answer, word));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            check.end();
        }
    }

    private ContainerWord word(Listening instance, @Nullable Node node) throws InterruptedException {
        return node == null ? new ContainerWord.NotKnown() : probes.container(node, instance.id());
    }
}
