package io.gantry.deployer.request;

import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Listeners;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class CommandListener {
    private final Acceptance acceptance;

    CommandListener(Acceptance acceptance) {
        this.acceptance = acceptance;
    }

    @KafkaListener(id = "deployer.commands", topics = Topics.DEPLOYER_COMMANDS, concurrency = Listeners.ONE_A_PARTITION)
    void on(DeployerCommand command) {
        acceptance.accept(command);
    }
}
