package io.gantry.contract.healing;

/** What is wrong with an instance. */
public enum Fault {
    /** Its container ended, or is gone. */
    DIED,
    /** Its container runs, and it does not do what it is there for. */
    HUNG
}
