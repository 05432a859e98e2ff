package io.gantry.deployer.neighbour;

import static io.gantry.deployer.neighbour.PretendedNodeManager.NODE;
import static io.gantry.testkit.Patience.await;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.NodeId;
import io.gantry.contract.placement.PlacementReply;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.contract.placement.Veto;
import io.gantry.contract.topic.Topics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.test.context.event.annotation.BeforeTestMethod;

/** Gives every instance a place on the one node there is, at once; unless a test wants to answer in its stead. */
@TestComponent
public class PretendedLoadBalancer {
    private final Courier courier;
    public final List<PlacementRequest> asked = new CopyOnWriteArrayList<>();
    public volatile boolean placing = true;

    /** Also where the instance has failed before. */
    public volatile boolean placingAgain;

    PretendedLoadBalancer(Courier courier) {
        this.courier = courier;
    }

    @BeforeTestMethod
    void reset() {
        placing = true;
        placingAgain = false;
        asked.clear();
    }

    @KafkaListener(id = "test.placement-requests", topics = Topics.PLACEMENT_REQUESTS)
    void on(PlacementRequest request) {
        asked.add(request);
        if (placing
                && request instanceof Place place
                && (placingAgain || !place.avoid().contains(NODE))) {
            place(place);
        }
    }

    /** What a request has asked a place for. */
    public List<Place> places(DeploymentToken token) {
        return asked.stream()
                .filter(request -> request.deployment().equals(token))
                .filter(Place.class::isInstance)
                .map(Place.class::cast)
                .toList();
    }

    public List<Place> awaitPlaces(DeploymentToken token, int count) {
        await().until(() -> places(token).size() == count);
        return places(token);
    }

    public Place awaitPlace(DeploymentToken token) {
        return awaitPlaces(token, 1).getFirst();
    }

    public void place(Place asked) {
        place(asked, NODE);
    }

    public void place(Place asked, NodeId node) {
        reply(new PlacementReply.Placed(asked.accessToken(), asked.deployment(), asked.instance(), node));
    }

    public void findNoRoom(Place asked) {
        reply(new PlacementReply.Waiting(
                asked.accessToken(),
                asked.deployment(),
                asked.instance(),
                "256Mi are missing",
                List.of(new Veto(NODE, "capacity", "no memory"))));
    }

    public void reply(PlacementReply reply) {
        courier.bring(Topics.PLACEMENT_REPLIES, reply.deployment().value(), reply);
    }
}
