package io.gantry.loadbalancer.reservation;

import io.gantry.contract.NodeId;
import io.gantry.contract.placement.PlacementReply;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.contract.topic.Topics;
import io.gantry.loadbalancer.ServiceId;
import io.gantry.loadbalancer.decision.Decision;
import io.gantry.loadbalancer.decision.Decision.Kind;
import io.gantry.loadbalancer.decision.Decisions;
import io.gantry.loadbalancer.placement.Candidate;
import io.gantry.loadbalancer.placement.Explanation;
import io.gantry.loadbalancer.placement.Share;
import io.gantry.messaging.Outbox;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the deployer what was decided, and keeps why. */
@Component
class Answers {
    private final Outbox outbox;
    private final Decisions decisions;
    private final InstantSource clock;

    Answers(Outbox outbox, Decisions decisions, InstantSource clock) {
        this.outbox = outbox;
        this.decisions = decisions;
        this.clock = clock;
    }

    void placed(Place place, Candidate chosen, Explanation why) {
        placedBefore(place, chosen.node());
        String reason = "%s will be %.0f%% full and had %s of the service; %s"
                .formatted(chosen.node(), chosen.load() * 100, others(chosen.replicas()), why.summary());
        keep(place, "PLACED", reason, chosen, why);
    }

    private static String others(int replicas) {
        return switch (replicas) {
            case 0 -> "no other instance";
            case 1 -> "1 other instance";
            default -> replicas + " other instances";
        };
    }

    void placedBefore(Place place, NodeId node) {
        reply(new PlacementReply.Placed(place.accessToken(), place.deployment(), place.instance(), node));
    }

    void waiting(Place place, Explanation why) {
        String shortfall = "No node fits %s for %s: %s%s"
                .formatted(Share.of(place.resources()), place.instance(), why.summary(), why.example());
        reply(new PlacementReply.Waiting(
                place.accessToken(), place.deployment(), place.instance(), shortfall, why.vetoes()));
        keep(place, "WAITING", shortfall, null, why);
    }

    private void reply(PlacementReply reply) {
        outbox.send(Topics.PLACEMENT_REPLIES, reply.deployment().value(), reply);
    }

    private void keep(Place place, String outcome, String reason, @Nullable Candidate chosen, Explanation why) {
        decisions.record(new Decision(
                clock.instant(),
                Kind.PLACEMENT,
                new ServiceId(place.app(), place.service()),
                place.instance(),
                outcome,
                reason,
                PlacementDetail.of(place, chosen, why)));
    }
}
