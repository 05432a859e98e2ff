package io.gantry.contract.deployer;

/** What a deployment does. The first four are asked for by app developers, the others for one service by the platform. */
public enum Mode {
    /** Build the image and push it. */
    BUILD,
    /** Run the image that was built before. */
    RUN,
    /** Build, push, then run. */
    BUILD_AND_RUN,
    /** Stop and remove the instances. */
    STOP,
    /** Add one instance. */
    SCALE_UP,
    /** Remove one instance. */
    SCALE_DOWN,
    /** Replace every instance by a new one of the same version. */
    RESTART,
    /** Bring one instance back that died, or is hung. */
    REVIVE,
    /** Have another instance on another node in place of one. */
    MOVE
}
