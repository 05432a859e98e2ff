package io.gantry.monitoring.incident;

import io.gantry.contract.Failure;
import io.gantry.contract.healing.RecoveryEvent;
import io.gantry.contract.topic.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class RecoveryListener {
    private final Incidents incidents;

    RecoveryListener(Incidents incidents) {
        this.incidents = incidents;
    }

    @KafkaListener(id = "monitoring.recovery-events", topics = Topics.RECOVERY_EVENTS)
    void on(RecoveryEvent event) {
        incidents.hear(event.incident(), news(event));
    }

    private static News news(RecoveryEvent event) {
        return switch (event) {
            case RecoveryEvent.Recovered recovered -> new News.Recovered(recovered.attempt());
            case RecoveryEvent.NotWanted notWanted -> new News.NotWanted(notWanted.attempt());
            case RecoveryEvent.NotRecovered not -> new News.NotRecovered(not.attempt(), reason(not.failure()));
        };
    }

    private static String reason(@Nullable Failure failure) {
        return failure == null ? "nobody said why" : failure.message();
    }
}
