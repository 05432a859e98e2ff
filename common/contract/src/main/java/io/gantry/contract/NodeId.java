package io.gantry.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of a node: a machine, prepared, that runs instances. */
public record NodeId(@JsonValue String value) implements Comparable<NodeId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public NodeId {
        Names.require("node", value);
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
