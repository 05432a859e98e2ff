package io.gantry.deployer.request;

import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.topic.Topics;
import io.gantry.deployer.leg.Leg;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Message;
import io.gantry.deployer.work.DeployerName;
import io.gantry.messaging.Outbox;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Addresses what legs have to say, and puts it into the outbox. */
@Component
class Post {
    private final Outbox outbox;
    private final DeployerName self;

    Post(Outbox outbox, DeployerName self) {
        this.outbox = outbox;
        this.self = self;
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

    /** The leg has entered its state just now, and this deployer has brought it there. */
    void tellState(Leg leg, Instant now) {
        tell(advanced(leg, leg.stage().status().detail(), 1, self.value(), now));
    }

    /** More about the state that the leg is in. */
    void tellDetail(Leg leg, @Nullable String detail, Instant now) {
        tell(advanced(leg, detail, null, null, now));
    }

    /** This deployer has begun with what the leg waits for. */
    void tellTry(Leg leg, int number, Instant now) {
        tell(advanced(leg, null, number, self.value(), now));
    }

    private static DeployerEvent advanced(
            Leg leg, @Nullable String detail, @Nullable Integer tries, @Nullable String by, Instant now) {
        LegId id = leg.id();
        ServiceState state = leg.stage().status().state();
        return new DeployerEvent.ServiceAdvanced(
                id.token(), id.app(), id.service(), leg.version(), state, detail, tries, by, now);
    }
}
