package io.gantry.scheduler.deployment;

import io.gantry.contract.deployer.Outcome;

/** How far a deployment has come. */
public enum DeploymentState {
    /** Stored; the deployer has not begun. */
    ACCEPTED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    TIMED_OUT;

    public boolean isFinal() {
        return compareTo(SUCCEEDED) >= 0;
    }

    static DeploymentState of(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
            case TIMED_OUT -> TIMED_OUT;
        };
    }
}
