package io.gantry.deployer.request;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.registry.RegistryEvent;
import io.gantry.contract.topic.Topics;
import io.gantry.deployer.ledger.Instances;
import io.gantry.deployer.leg.Input;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class RegistryListener {
    private final Legs legs;
    private final Instances instances;

    RegistryListener(Legs legs, Instances instances) {
        this.legs = legs;
        this.instances = instances;
    }

    @KafkaListener(id = "deployer.registry-events", topics = Topics.REGISTRY_EVENTS)
    void on(RegistryEvent event) {
        switch (event) {
            case RegistryEvent.Registered(var instance, var deployment, var _) ->
                advance(deployment, instance, new Input.Registered(instance));
            case RegistryEvent.Deregistered(var instance, var deployment, var _) ->
                advance(deployment, instance, new Input.Deregistered(instance));
            case RegistryEvent.InstanceDied died -> instances.enterDeath(died.instance());
        }
    }

    private void advance(DeploymentToken deployment, InstanceId instance, Input input) {
        legs.find(deployment, instance).ifPresent(leg -> legs.advance(leg, input));
    }
}
