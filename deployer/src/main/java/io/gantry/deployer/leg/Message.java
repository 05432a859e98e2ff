package io.gantry.deployer.leg;

import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.contract.registry.RegistryCommand;

/** Something to be said to another service. */
public sealed interface Message extends Effect {
    record ToLoadBalancer(PlacementRequest request) implements Message {}

    record ToNodeManager(RegistryCommand command) implements Message {}

    record ToWhoeverListens(DeployerEvent event) implements Message {}
}
