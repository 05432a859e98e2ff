package io.gantry.nodemanager.registry;

import io.gantry.contract.registry.RegistryCommand;
import io.gantry.contract.topic.Topics;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class RegistryListener {
    private final Registry registry;

    RegistryListener(Registry registry) {
        this.registry = registry;
    }

    @KafkaListener(id = "node-manager.registry-commands", topics = Topics.REGISTRY_COMMANDS)
    void on(RegistryCommand command) {
        switch (command) {
            case RegistryCommand.Register(var deployment, var entry) -> registry.enter(entry, deployment);
            case RegistryCommand.Deregister(var deployment, var instance) -> registry.remove(instance, deployment);
        }
    }
}
