package io.gantry.machines.docker;

/** Whether a step had anything to do. */
public enum Outcome {
    DONE,
    ALREADY_THERE
}
