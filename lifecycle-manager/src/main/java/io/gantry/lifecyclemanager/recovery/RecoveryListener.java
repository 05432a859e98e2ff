package io.gantry.lifecyclemanager.recovery;

import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.contract.topic.Topics;
import io.gantry.lifecyclemanager.operation.Operations;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears what is to be recovered, and what became of what the deployer was asked for. */
@Component
class RecoveryListener {
    private final Recoveries recoveries;
    private final Operations operations;

    RecoveryListener(Recoveries recoveries, Operations operations) {
        this.recoveries = recoveries;
        this.operations = operations;
    }

    @KafkaListener(id = "lifecycle-manager.recovery-requests", topics = Topics.RECOVERY_REQUESTS)
    void on(RecoveryRequest request) {
        recoveries.begin(request);
    }

    @KafkaListener(id = "lifecycle-manager.deployer-events", topics = Topics.DEPLOYER_EVENTS)
    void on(DeployerEvent event) {
        if (event instanceof DeployerEvent.Finished finished) {
            operations.finish(finished).ifPresent(recoveries::finished);
        }
    }
}
