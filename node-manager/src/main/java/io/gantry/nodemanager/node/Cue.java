package io.gantry.nodemanager.node;

import io.gantry.contract.InstanceId;

/** What makes the watch over a node look at something. */
sealed interface Cue {
    /** Somebody ought to look at an instance's container. */
    record Look(InstanceId instance) implements Cue {}

    /** Somebody ought to look at all of them. */
    record LookAround() implements Cue {}

    /** The engine says that an instance's container ended. It may be gone, or run again, when we look. */
    record Ended(InstanceId instance, int exitCode) implements Cue {}

    /** The engine says that a program of an instance was killed for want of memory. Its container may run on, or have ended before. */
    record OutOfMemory(InstanceId instance) implements Cue {}

    /** The engine tells no more events. */
    record Silence(String why) implements Cue {}
}
