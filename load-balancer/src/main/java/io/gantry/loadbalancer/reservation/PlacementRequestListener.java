package io.gantry.loadbalancer.reservation;

import io.gantry.contract.placement.PlacementRequest;
import io.gantry.contract.topic.Topics;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears what the deployer asks. */
@Component
class PlacementRequestListener {
    private final Placements placements;

    PlacementRequestListener(Placements placements) {
        this.placements = placements;
    }

    @KafkaListener(id = "load-balancer.placement-requests", topics = Topics.PLACEMENT_REQUESTS)
    void on(PlacementRequest request) {
        switch (request) {
            case PlacementRequest.Place place -> placements.place(place);
            case PlacementRequest.Release release -> placements.release(release);
            case PlacementRequest.Forgo forgo -> placements.forgo(forgo);
        }
    }
}
