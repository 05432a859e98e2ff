package io.gantry.nodemanager.node;

import io.gantry.contract.NodeId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which machines are heard at the moment. Who hears hardly any may be cut off himself. */
final class Hearing {
    private static final int ENOUGH_TO_COMPARE = 3;

    private final Map<NodeId, Boolean> heard = new ConcurrentHashMap<>();

    void note(NodeId node, boolean isHeard) {
        heard.put(node, isHeard);
    }

    void forget(NodeId node) {
        heard.remove(node);
    }

    /** Of several machines it hears one at the most, which may be its own. */
    boolean isCutOff() {
        return heard.size() >= ENOUGH_TO_COMPARE
                && heard.values().stream().filter(Boolean::booleanValue).count() <= 1;
    }
}
