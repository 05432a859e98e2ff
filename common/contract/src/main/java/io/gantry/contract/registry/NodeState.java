package io.gantry.contract.registry;

/** Whether a node can take instances. */
public enum NodeState {
    READY,
    /** Its Docker Engine does not answer. */
    UNREACHABLE
}
