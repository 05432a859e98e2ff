package io.gantry.loadbalancer.scaling;

import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.Usage;
import io.gantry.contract.topic.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

/** Hears how services want to be scaled, what runs, what it uses, and what becomes of requests to the deployer. */
@Component
class ScalingListener {
    private final Scaling scaling;
    private final Arrivals arrivals;

    ScalingListener(Scaling scaling, Arrivals arrivals) {
        this.scaling = scaling;
        this.arrivals = arrivals;
    }

    @KafkaListener(id = "load-balancer.scale-policies", topics = Topics.PLACEMENT_REQUESTS)
    void on(PlacementRequest request) {
        if (request instanceof PlacementRequest.Place place) {
            scaling.told(place);
        }
    }

    /** A job runs to its end: there is nothing to scale. */
    @KafkaListener(id = "load-balancer.scaled-instances", topics = Topics.INSTANCES)
    void onInstance(
            @Payload(required = false) @Nullable Instance instance, @Header(KafkaHeaders.RECEIVED_KEY) String id) {
        if (instance == null) {
            scaling.ended(new InstanceId(id));
        } else if (instance.kind() != Kind.JOB) {
            switch (instance.state()) {
                case RUNNING, UNKNOWN -> {
                    scaling.runs(instance);
                    arrivals.heard();
                }
                case DEAD, COMPLETED -> scaling.ended(instance.id());
            }
        }
    }

    @KafkaListener(id = "load-balancer.usage", topics = Topics.USAGE)
    void on(Usage usage) {
        scaling.uses(usage);
    }

    @KafkaListener(id = "load-balancer.deployer-events", topics = Topics.DEPLOYER_EVENTS)
    void on(DeployerEvent event) {
        switch (event) {
            case DeployerEvent.ServiceAdvanced advanced -> scaling.advanced(advanced);
            case DeployerEvent.Finished finished -> scaling.finished(finished);
            case DeployerEvent.Accepted accepted -> {}
            case DeployerEvent.ImageBuilt built -> {}
            case DeployerEvent.InstanceStarted started -> {}
        }
    }
}
