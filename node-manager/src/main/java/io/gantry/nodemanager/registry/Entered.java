package io.gantry.nodemanager.registry;

import io.gantry.contract.registry.Instance;

/** Said inside this service: somebody ought to look whether the instance's container is still as it was said to be. */
public record Entered(Instance instance) {}
