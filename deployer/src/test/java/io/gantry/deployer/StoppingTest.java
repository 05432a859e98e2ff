package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.deployer.neighbour.PretendedNodeManager.NODE;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.Failure;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.neighbour.PretendedNodeManager;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.rollout.PretendedHost;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A service that is stopped is gone, even from a node that can not be reached now. */
@DeployerTest
class StoppingTest {
    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    OwnApp app;

    @Autowired
    PretendedNodeManager nodeManager;

    @Autowired
    PretendedHost host;

    @Test
    void a_stop_removes_every_instance() {
        requests.answer(requests.buildAndRun(releases.web(1, Map.of("scale", Map.of("min", 2)))));
        DeployerEvent.Finished answer = requests.answer(requests.stop(WEB));
        assertThat(answer.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(answer.services().getFirst().state()).isEqualTo(ServiceState.STOPPED);
        assertThat(host.running()).isEmpty();
        assertThat(nodeManager.registeredOf(app.name())).isEmpty();
    }

    @Test
    void the_network_of_an_app_goes_with_its_last_instances_also_when_they_go_at_the_same_time() {
        requests.answer(requests.buildAndRun(releases.web(1, Map.of("scale", Map.of("min", 2)))));
        host.removals = new CyclicBarrier(2);
        requests.answer(requests.stop(WEB));
        await().untilAsserted(() -> assertThat(host.networksRemoved).contains(app.name()));
    }

    @Test
    void a_stop_of_what_does_not_run_succeeds() {
        assertThat(requests.report(requests.stop(WEB)).state()).isEqualTo(ServiceState.STOPPED);
    }

    @Test
    void an_instance_that_can_not_be_removed_is_removed_when_its_node_is_back() {
        InstanceId instance =
                requests.bringUp(releases.web(1)).instances().getFirst().id();
        host.unreachable = true;
        Failure failure = requests.failure(requests.stop(WEB));
        assertThat(failure.code()).isEqualTo("NOT_REMOVED");
        assertThat(failure.message()).contains(instance.value());
        host.unreachable = false;
        nodeManager.announceNodeGone(NODE);
        nodeManager.announceNode(NODE);
        await().untilAsserted(() -> assertThat(host.running()).isEmpty());
        await().untilAsserted(() -> assertThat(host.networksRemoved).contains(app.name()));
    }
}
