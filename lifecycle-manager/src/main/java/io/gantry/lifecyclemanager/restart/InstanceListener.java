package io.gantry.lifecyclemanager.restart;

import io.gantry.contract.InstanceId;
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
    private final Running running;

    InstanceListener(Running running) {
        this.running = running;
    }

    @KafkaListener(id = "lifecycle-manager.instances", topics = Topics.INSTANCES)
    void on(@Payload(required = false) @Nullable Instance instance, @Header(KafkaHeaders.RECEIVED_KEY) String id) {
        if (instance == null) {
            running.remove(new InstanceId(id));
        } else {
            running.enter(instance);
        }
    }
}
