package io.gantry.contract;

/** Who has to act on a failure. */
public enum FailureKind {
    /** The developer must change the request or the code. */
    REQUEST,
    /** There is no room now: wait, or add capacity. */
    CAPACITY,
    /** Something outside Gantry failed: trying again may help. */
    EXTERNAL,
    /** A bug of ours. */
    INTERNAL
}
