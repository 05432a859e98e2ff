package io.gantry.deployer.request;

import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.topic.Topics;
import io.gantry.deployer.leg.Leg;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Message;
import io.gantry.deployer.leg.Status;
import io.gantry.messaging.Outbox;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Addresses what legs have to say, and puts it into the outbox. */
@Component
class Post {
    private final Outbox outbox;

    Post(Outbox outbox) {
        this.outbox = outbox;
    }

    void send(LegId leg, Message message) {
        switch (message) {
            case Message.ToLoadBalancer(var request) ->
                outbox.send(Topics.PLACEMENT_REQUESTS, leg.token().value(), request);
            case Message.ToNodeManager(var command) ->
                outbox.send(Topics.REGISTRY_COMMANDS, command.instance().value(), command);
            case Message.ToWhoeverListens(var event) -> tell(event);
        }
    }

    void tell(DeployerEvent event) {
        outbox.send(Topics.DEPLOYER_EVENTS, event.app().value(), event);
    }

    void tellStatus(Leg leg, Instant now) {
        LegId id = leg.id();
        Status status = leg.stage().status();
        tell(new DeployerEvent.ServiceAdvanced(
                id.token(), id.app(), id.service(), leg.version(), status.state(), status.detail(), now));
    }
}
