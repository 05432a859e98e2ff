package io.gantry.contract.deployer;

/** How a request ended. */
public enum Outcome {
    /** Every service arrived. */
    SUCCEEDED,
    /** At least one service failed; the report of each says why. */
    FAILED,
    CANCELLED,
    /** The deadline passed first. */
    TIMED_OUT
}
