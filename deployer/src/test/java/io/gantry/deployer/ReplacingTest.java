package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.neighbour.PretendedNodeManager;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.rollout.PretendedHost;
import io.gantry.deployer.rollout.PretendedHost.Behaviour;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What runs gives way to nothing but what serves. */
@DeployerTest
class ReplacingTest {
    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    PretendedNodeManager nodeManager;

    @Autowired
    PretendedHost host;

    @Test
    void a_new_version_takes_the_place_of_the_old_one_once_it_serves() {
        InstanceId before =
                requests.bringUp(releases.web(1)).instances().getFirst().id();
        ServiceReport after = requests.bringUp(releases.web(2));
        assertThat(after.version()).isEqualTo(2);
        assertThat(host.running()).containsExactly(after.instances().getFirst().id());
        assertThat(host.removed).containsExactly(before);
        assertThat(nodeManager.registered).doesNotContainKey(before.value());
    }

    @Test
    void what_ran_before_goes_on_when_the_new_version_fails() {
        ServiceReport before = requests.bringUp(releases.web(1));
        host.behaviour = Behaviour.ENDS_WITH_1;
        ServiceReport report = requests.report(requests.buildAndRun(releases.web(2)));
        assertThat(report.state()).isEqualTo(ServiceState.FAILED);
        assertThat(report.instances()).isEqualTo(before.instances());
        assertThat(host.running()).containsExactly(before.instances().getFirst().id());
    }

    @Test
    void a_restart_replaces_every_instance() {
        requests.bringUp(releases.web(1));
        requests.answer(requests.scaleUp(WEB));
        Set<InstanceId> before = host.running();
        ServiceReport report = requests.report(requests.restart(WEB));
        assertThat(report.version()).isEqualTo(1);
        assertThat(host.running()).hasSize(2).doesNotContainAnyElementsOf(before);
    }
}
