package io.gantry.monitoring.judgement;

import io.gantry.contract.manifest.Kind;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.topic.Topics;
import io.gantry.monitoring.incident.Incidents;
import io.gantry.monitoring.incident.News;
import io.gantry.monitoring.unit.Unit;
import io.gantry.monitoring.unit.UnitState;
import io.gantry.monitoring.unit.Units;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

/** Hears from the service registry what runs and what has died; each change once, whatever is told again. */
@Component
class InstanceListener {
    private final Units units;
    private final Incidents incidents;

    InstanceListener(Units units, Incidents incidents) {
        this.units = units;
        this.incidents = incidents;
    }

    /** The end of a job is no fault. */
    @KafkaListener(id = "monitoring.instances", topics = Topics.INSTANCES)
    void on(@Payload(required = false) @Nullable Instance instance, @Header(KafkaHeaders.RECEIVED_KEY) String id) {
        if (instance == null) {
            units.forget(id);
            incidents.hear(id, new News.Gone());
        } else if (instance.kind() != Kind.JOB) {
            units.see(instance).ifPresent(state -> judge(instance, state));
        }
    }

    private void judge(Instance instance, UnitState state) {
        switch (state) {
            case UP -> incidents.hear(instance.id().value(), new News.Rose());
            case DOWN -> incidents.fell(unit(instance), instance.detail());
            case SUSPECT, UNKNOWN -> {}
        }
    }

    private static Unit.Instance unit(Instance instance) {
        return new Unit.Instance(instance.id(), instance.app(), instance.service());
    }
}
