package io.gantry.machines;

/** What a provider knows of a machine that is there. One that is not there has no state. */
public enum MachineState {
    /** Asked for, and not yet what was asked for: creating it again goes on. */
    PROVISIONING,
    /** Switched on; whether it answers is another question. */
    RUNNING,
    /** Switched off, with all that is on its disk. */
    STOPPED,
    /** Its provider can't tell: it does not answer. Nothing is concluded from that. */
    UNREACHABLE
}
