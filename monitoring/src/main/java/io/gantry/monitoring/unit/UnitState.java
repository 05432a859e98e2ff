package io.gantry.monitoring.unit;

import io.gantry.contract.registry.InstanceState;

/** How a unit was last seen. */
public enum UnitState {
    UP,
    DOWN,
    /** Its node can't be reached: nothing is concluded from that. */
    UNKNOWN;

    public static UnitState of(InstanceState seen) {
        return switch (seen) {
            case RUNNING, COMPLETED -> UP;
            case DEAD -> DOWN;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
