package io.gantry.nodemanager.node;

import io.gantry.contract.NodeId;
import io.gantry.remote.Engine;
import io.gantry.remote.Engines;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The engine of each node there is now, and its clock. */
@Component
public class NodeEngines {
    private final Engines engines;
    private final ApplicationEventPublisher inside;
    private final InstantSource clock;
    private final Map<NodeId, Engine> byNode = new ConcurrentHashMap<>();
    private final Map<NodeId, EngineClock> clocks = new ConcurrentHashMap<>();

    NodeEngines(Engines engines, ApplicationEventPublisher inside, InstantSource clock) {
        this.engines = engines;
        this.inside = inside;
        this.clock = clock;
    }

    /** Said inside this service: a node came, or is reached at another engine than before. */
    public record Changed(NodeId node, Engine engine) {}

    public Map<NodeId, Engine> all() {
        return Map.copyOf(byNode);
    }

    /** @throws IllegalArgumentException if there is no such node */
    public Engine of(NodeId node) {
        return find(node).orElseThrow(() -> new IllegalArgumentException(node + " is no node of the fleet"));
    }

    public Optional<Engine> find(NodeId node) {
        return Optional.ofNullable(byNode.get(node));
    }

    /** Right until it was asked. */
    public EngineClock clockOf(NodeId node) {
        return clocks.computeIfAbsent(node, _ -> new EngineClock(node, clock));
    }

    Engine set(NodeSettings node) {
        Engine engine = engines.of(node.engine(), node.hostKey());
        if (byNode.put(node.id(), engine) != engine) {
            clocks.remove(node.id());
            inside.publishEvent(new Changed(node.id(), engine));
        }
        return engine;
    }

    void remove(NodeId node) {
        byNode.remove(node);
        clocks.remove(node);
    }
}
