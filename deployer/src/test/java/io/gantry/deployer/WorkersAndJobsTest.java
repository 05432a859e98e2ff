package io.gantry.deployer;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.Failure;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.neighbour.PretendedLoadBalancer;
import io.gantry.deployer.neighbour.PretendedNodeManager;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.rollout.PretendedHost;
import io.gantry.deployer.rollout.PretendedHost.Behaviour;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What has no port, and can not be asked whether it is well. */
@DeployerTest
class WorkersAndJobsTest {
    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    OwnApp app;

    @Autowired
    PretendedLoadBalancer loadBalancer;

    @Autowired
    PretendedNodeManager nodeManager;

    @Autowired
    PretendedHost host;

    @Test
    void a_worker_is_up_when_it_stays_up() {
        ServiceReport report = requests.report(requests.buildAndRun(releases.ofKind("worker")));
        assertThat(report.state()).isEqualTo(ServiceState.RUNNING);
        assertThat(report.instances().getFirst().port()).isNull();
    }

    @Test
    void a_job_has_succeeded_when_it_has_ended_well() {
        host.behaviour = Behaviour.ENDS_WITH_0;
        ServiceReport report = requests.report(requests.buildAndRun(releases.ofKind("job")));
        assertThat(report.state()).isEqualTo(ServiceState.RUNNING);
        assertThat(report.instances()).isEmpty();
        await().untilAsserted(() ->
                assertThat(loadBalancer.asked).hasAtLeastOneElementOfType(PlacementRequest.Release.class));
    }

    @Test
    void a_job_that_ends_badly_has_failed() {
        host.behaviour = Behaviour.ENDS_WITH_1;
        Failure failure = requests.failure(requests.buildAndRun(releases.ofKind("job")));
        assertThat(failure.exitCode()).isEqualTo(1);
        assertThat(host.running()).isEmpty();
        assertThat(nodeManager.registeredOf(app.name())).isEmpty();
    }
}
