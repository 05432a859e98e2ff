package io.gantry.monitoring.unit;

import io.gantry.contract.registry.InstanceState;

/** How a unit was last seen. */
public enum UnitState {
    UP,
    /** Something speaks against it, not enough to say that it is down. */
    SUSPECT,
    DOWN,
    /** Nothing is known of it, or its machine can't be reached: nothing is concluded from that. */
    UNKNOWN;

    public static UnitState of(InstanceState seen) {
        return switch (seen) {
            case RUNNING, COMPLETED -> UP;
            case DEAD -> DOWN;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
