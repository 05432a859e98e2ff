package io.gantry.scheduler.deployment;

import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Listeners;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class DeployerEventListener {
    private final Projection projection;

    DeployerEventListener(Projection projection) {
        this.projection = projection;
    }

    @KafkaListener(
            id = "scheduler.deployments",
            topics = Topics.DEPLOYER_EVENTS,
            concurrency = Listeners.ONE_A_PARTITION)
    void on(DeployerEvent event) {
        projection.apply(event);
    }
}
