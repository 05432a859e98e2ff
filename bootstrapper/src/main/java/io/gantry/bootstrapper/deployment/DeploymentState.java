package io.gantry.bootstrapper.deployment;

/** How far a deployment is, as the scheduler tells it. */
enum DeploymentState {
    ACCEPTED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    TIMED_OUT;

    boolean isFinal() {
        return compareTo(SUCCEEDED) >= 0;
    }
}
