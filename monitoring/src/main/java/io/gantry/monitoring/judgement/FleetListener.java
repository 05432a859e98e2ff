package io.gantry.monitoring.judgement;

import io.gantry.contract.fleet.PlatformReplica;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.registry.Node;
import io.gantry.contract.topic.Topics;
import io.gantry.monitoring.incident.Incidents;
import io.gantry.monitoring.incident.News;
import io.gantry.monitoring.unit.FleetUnits;
import io.gantry.monitoring.unit.Unit;
import io.gantry.monitoring.unit.Units;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

/** Hears which machines and services there are to be, and what the node-manager says of its nodes. */
@Component
class FleetListener {
    private final FleetUnits fleet;
    private final Units units;
    private final Incidents incidents;

    FleetListener(FleetUnits fleet, Units units, Incidents incidents) {
        this.fleet = fleet;
        this.units = units;
        this.incidents = incidents;
    }

    @KafkaListener(id = "monitoring.machines", topics = Topics.MACHINES)
    void on(
            @Payload(required = false) @Nullable PreparedMachine machine,
            @Header(KafkaHeaders.RECEIVED_KEY) String name) {
        if (machine == null) {
            gone(new Unit.Machine(name));
        } else {
            fleet.told(machine);
        }
    }

    @KafkaListener(id = "monitoring.platform-replicas", topics = Topics.PLATFORM_REPLICAS)
    void on(
            @Payload(required = false) @Nullable PlatformReplica replica,
            @Header(KafkaHeaders.RECEIVED_KEY) String key) {
        if (replica == null) {
            gone(Unit.Replica.of(key));
        } else {
            fleet.told(replica);
        }
    }

    @KafkaListener(id = "monitoring.nodes", topics = Topics.NODES)
    void on(@Payload(required = false) @Nullable Node node, @Header(KafkaHeaders.RECEIVED_KEY) String id) {
        if (node == null) {
            fleet.forgetNode(id);
        } else {
            fleet.told(node);
        }
    }

    private void gone(Unit unit) {
        units.forget(unit.key());
        incidents.hear(unit.key(), new News.Gone());
    }
}
