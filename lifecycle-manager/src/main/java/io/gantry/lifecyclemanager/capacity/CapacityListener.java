package io.gantry.lifecyclemanager.capacity;

import io.gantry.contract.placement.CapacityReport;
import io.gantry.contract.topic.Topics;
import io.gantry.lifecyclemanager.OnlyInFleet;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears what is short. */
@Component
@OnlyInFleet
class CapacityListener {
    private final CapacityTable table;

    CapacityListener(CapacityTable table) {
        this.table = table;
    }

    @KafkaListener(id = "lifecycle-manager.capacity", topics = Topics.CAPACITY)
    void on(CapacityReport report) {
        table.heard(report);
    }
}
