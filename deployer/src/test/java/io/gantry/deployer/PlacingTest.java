package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.deployer.neighbour.PretendedNodeManager.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AccessToken;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.placement.PlacementReply;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.neighbour.PretendedLoadBalancer;
import io.gantry.deployer.neighbour.PretendedNodeManager;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.neighbour.Told;
import io.gantry.deployer.rollout.PretendedHost;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Where instances go: which answers of the load-balancer count, and what follows when a node fails. */
@DeployerTest
class PlacingTest {
    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    OwnApp app;

    @Autowired
    Told told;

    @Autowired
    PretendedLoadBalancer loadBalancer;

    @Autowired
    PretendedNodeManager nodeManager;

    @Autowired
    PretendedHost host;

    @Test
    void only_the_reply_that_is_waited_for_counts() {
        loadBalancer.placing = false;
        DeploymentToken token = requests.buildAndRun(releases.web(1));
        Place asked = loadBalancer.awaitPlace(token);
        loadBalancer.reply(
                new PlacementReply.Placed(new AccessToken("forged0000000000"), token, asked.instance(), NODE));
        loadBalancer.reply(new PlacementReply.Placed(
                asked.accessToken(), new DeploymentToken("unknown000000000"), asked.instance(), NODE));
        loadBalancer.findNoRoom(asked);
        told.awaitDetail(token, "waits for room: 256Mi are missing");
        assertThat(host.started).isEmpty();
        loadBalancer.place(asked);
        loadBalancer.place(asked);
        assertThat(requests.report(token).state()).isEqualTo(ServiceState.RUNNING);
        assertThat(host.started).hasSize(1);
    }

    @Test
    void a_node_that_fails_is_avoided() {
        NodeId other = new NodeId("other");
        nodeManager.announceNode(other);
        host.unfit.add(NODE);
        DeploymentToken token = requests.buildAndRun(releases.web(1));
        List<Place> places = loadBalancer.awaitPlaces(token, 2);
        Place second = places.getLast();
        assertThat(second.avoid()).containsExactly(NODE);
        assertThat(loadBalancer.asked)
                .anySatisfy(asked -> assertThat(asked)
                        .isEqualTo(new PlacementRequest.Release(
                                places.getFirst().accessToken(), token, app.name(), second.instance())));
        loadBalancer.place(second, other);
        assertThat(requests.report(token).instances())
                .singleElement()
                .satisfies(at -> assertThat(at.node()).isEqualTo(other));
    }

    @Test
    void where_there_is_no_other_node_the_same_is_tried_again_and_the_request_ends_soon() {
        host.unfit.add(NODE);
        loadBalancer.placingAgain = true;
        DeploymentToken token = requests.buildAndRun(releases.web(1));
        Failure failure = requests.failure(token);
        assertThat(failure.code()).isEqualTo("START_FAILED");
        assertThat(failure.message())
                .endsWith("local: its disk is full; local: its disk is full; local: its disk is full");
        assertThat(loadBalancer.places(token)).hasSize(3);
        assertThat(host.running()).isEmpty();
    }

    @Test
    void an_instance_may_come_up_on_the_node_that_failed_it_before() {
        host.unfit.add(NODE);
        DeploymentToken token = requests.buildAndRun(releases.web(1));
        Place second = loadBalancer.awaitPlaces(token, 2).getLast();
        host.unfit.clear();
        loadBalancer.place(second);
        assertThat(requests.report(token).state()).isEqualTo(ServiceState.RUNNING);
        assertThat(host.running()).containsExactly(InstanceId.of(app.name(), WEB, token, 0));
    }
}
