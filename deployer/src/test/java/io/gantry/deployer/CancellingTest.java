package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.build.PretendedBuilder;
import io.gantry.deployer.neighbour.PretendedLoadBalancer;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.neighbour.Told;
import io.gantry.deployer.rollout.PretendedHost;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is under way can be given up. */
@DeployerTest
class CancellingTest {
    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    Told told;

    @Autowired
    PretendedLoadBalancer loadBalancer;

    @Autowired
    PretendedHost host;

    @Autowired
    PretendedBuilder builder;

    @Test
    void a_cancel_stops_a_running_build() {
        builder.takeTime();
        DeploymentToken token = requests.build(releases.web(1));
        told.awaitState(token, ServiceState.BUILDING);
        requests.cancel(token);
        assertThat(requests.answer(token).outcome()).isEqualTo(Outcome.CANCELLED);
        await().untilAsserted(() -> assertThat(builder.stopped).hasSize(1));
    }

    @Test
    void a_stop_cancels_what_is_under_way() {
        loadBalancer.placing = false;
        DeploymentToken running = requests.buildAndRun(releases.web(1));
        loadBalancer.awaitPlace(running);
        DeploymentToken waiting = requests.buildAndRun(releases.web(1));
        DeploymentToken stop = requests.stop(WEB);
        assertThat(requests.report(stop).state()).isEqualTo(ServiceState.STOPPED);
        assertThat(requests.answer(running).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(requests.answer(waiting).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(host.running()).isEmpty();
    }
}
