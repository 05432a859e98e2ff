package io.gantry.deployer.request;

import io.gantry.contract.placement.PlacementReply;
import io.gantry.contract.topic.Topics;
import io.gantry.deployer.leg.Input;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Any deployer may receive the reply; the leg it is for goes on wherever that is. */
@Component
class PlacementListener {
    private final Legs legs;

    PlacementListener(Legs legs) {
        this.legs = legs;
    }

    @KafkaListener(id = "deployer.placement-replies", topics = Topics.PLACEMENT_REPLIES)
    void on(PlacementReply reply) {
        legs.find(reply.deployment(), reply.instance()).ifPresent(leg -> legs.advance(leg, input(reply)));
    }

    private static Input input(PlacementReply reply) {
        return switch (reply) {
            case PlacementReply.Placed(var access, var _, var _, var node) -> new Input.Placed(access, node);
            case PlacementReply.Waiting(var access, var _, var _, var shortfall, var vetoes) ->
                new Input.NoRoom(access, shortfall, vetoes);
        };
    }
}
