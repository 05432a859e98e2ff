package io.gantry.deployer.rollout;

/** Whether a container was killed for want of memory. */
enum OutOfMemory {
    /** It was not, or nobody can tell. */
    NOT_KNOWN,
    /** Killed it was, and nobody had asked its engine for that. */
    LIKELY,
    /** Its engine says so. */
    TOLD
}
