package io.gantry.nodemanager.node;

import io.gantry.contract.NodeId;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.topic.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

@Component
class MachineListener {
    private final Machines machines;

    MachineListener(Machines machines) {
        this.machines = machines;
    }

    @KafkaListener(id = "node-manager.machines", topics = Topics.MACHINES)
    void on(
            @Payload(required = false) @Nullable PreparedMachine machine,
            @Header(KafkaHeaders.RECEIVED_KEY) String name) {
        if (machine == null) {
            machines.gone(new NodeId(name));
        } else {
            machines.told(machine);
        }
    }
}
