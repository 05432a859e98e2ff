package io.gantry.scheduler.instance;

import io.gantry.contract.registry.Instance;
import io.gantry.contract.topic.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

@Component
class InstanceListener {
    private final Instances instances;

    InstanceListener(Instances instances) {
        this.instances = instances;
    }

    @KafkaListener(id = "scheduler.instances", topics = Topics.INSTANCES)
    void on(@Payload(required = false) @Nullable Instance instance, @Header(KafkaHeaders.RECEIVED_KEY) String id) {
        if (instance == null) {
            instances.remove(id);
        } else {
            instances.enter(instance);
        }
    }
}
