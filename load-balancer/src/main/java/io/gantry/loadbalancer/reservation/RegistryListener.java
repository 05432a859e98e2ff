package io.gantry.loadbalancer.reservation;

import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.Node;
import io.gantry.contract.topic.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

/** Hears which nodes there are and what runs on them. */
@Component
class RegistryListener {
    private final Placements placements;

    RegistryListener(Placements placements) {
        this.placements = placements;
    }

    @KafkaListener(id = "load-balancer.nodes", topics = Topics.NODES)
    void onNode(@Payload(required = false) @Nullable Node node, @Header(KafkaHeaders.RECEIVED_KEY) String id) {
        placements.changed(new NodeId(id), node);
    }

    @KafkaListener(id = "load-balancer.instances", topics = Topics.INSTANCES)
    void onInstance(
            @Payload(required = false) @Nullable Instance instance, @Header(KafkaHeaders.RECEIVED_KEY) String id) {
        if (instance == null) {
            placements.ended(new InstanceId(id));
            return;
        }
        switch (instance.state()) {
            case RUNNING, UNKNOWN -> placements.runs(instance);
            case DEAD, COMPLETED -> placements.ended(instance.id());
        }
    }
}
