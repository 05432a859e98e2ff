package io.gantry.scheduler.deployment;

/** Told inside the transaction in which a deployment comes to its end. */
public record DeploymentEnded(Deployment deployment) {}
