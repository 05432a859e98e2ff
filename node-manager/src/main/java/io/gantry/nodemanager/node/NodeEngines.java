package io.gantry.nodemanager.node;

import io.gantry.contract.NodeId;
import io.gantry.remote.Engine;
import io.gantry.remote.Engines;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The engine of each node. */
@Component
public class NodeEngines {
    private final Map<NodeId, Engine> engines;

    NodeEngines(FleetSettings fleet, Engines engines) {
        Map<NodeId, Engine> byNode = new LinkedHashMap<>();
        for (NodeSettings node : fleet.nodes()) {
            if (byNode.put(node.id(), engines.of(node.engine(), node.hostKey())) != null) {
                throw new IllegalArgumentException("gantry.nodes names %s twice".formatted(node.id()));
            }
        }
        this.engines = Collections.unmodifiableMap(byNode);
    }

    public Map<NodeId, Engine> all() {
        return engines;
    }

    /** @throws IllegalArgumentException if no such node is set */
    public Engine of(NodeId node) {
        return find(node).orElseThrow(() -> new IllegalArgumentException("gantry.nodes does not name " + node));
    }

    public Optional<Engine> find(NodeId node) {
        return Optional.ofNullable(engines.get(node));
    }
}
