package io.gantry.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a machine is there for. */
public enum MachineRole {
    /** Runs platform services, and no apps. */
    @JsonProperty("control")
    CONTROL,
    /** Runs apps, and no platform services. */
    @JsonProperty("worker")
    WORKER,
    /** Runs platform services and apps. */
    @JsonProperty("both")
    BOTH;

    public boolean runsPlatform() {
        return this != WORKER;
    }

    public boolean runsApps() {
        return this != CONTROL;
    }
}
