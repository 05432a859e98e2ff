package io.gantry.acceptance.driver;

/** What a deployment does. */
public enum Mode {
    BUILD,
    RUN,
    BUILD_AND_RUN,
    STOP
}
