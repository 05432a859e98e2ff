package io.gantry.contract.registry;

/** What the node-manager sees of an instance. */
public enum InstanceState {
    /** Its container runs. */
    RUNNING,
    /** A job whose container ended with exit code 0. */
    COMPLETED,
    /** Its container ended, or is gone, without the platform having asked for it. */
    DEAD,
    /** Its node can't be reached: whether it runs is not known. */
    UNKNOWN
}
