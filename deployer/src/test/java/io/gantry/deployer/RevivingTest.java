package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.deployer.neighbour.PretendedNodeManager.NODE;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.healing.Fault;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.neighbour.PretendedLoadBalancer;
import io.gantry.deployer.neighbour.PretendedNodeManager;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.rollout.PretendedHost;
import io.gantry.deployer.rollout.PretendedHost.Behaviour;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An instance that died, or is hung, comes back. */
@DeployerTest
class RevivingTest {
    private static final NodeId OTHER = new NodeId("other");

    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    OwnApp app;

    @Autowired
    PretendedNodeManager nodeManager;

    @Autowired
    PretendedLoadBalancer loadBalancer;

    @Autowired
    PretendedHost host;

    @Autowired
    JdbcClient jdbc;

    @Test
    void an_instance_that_died_is_started_again_where_it_is_and_lives_for_the_deployer_too() {
        InstanceAddress fallen = bringUpAndLetDie();
        ServiceReport report = requests.report(requests.revive(WEB, fallen.id()));
        assertThat(report.state()).isEqualTo(ServiceState.RUNNING);
        assertThat(report.instances()).containsExactly(fallen);
        assertThat(host.startedAgain).containsExactly(fallen.id());
        assertThat(host.started).containsExactly(fallen.id());
        assertThat(host.removed).isEmpty();
        assertThat(isAlive(fallen.id())).isTrue();
    }

    @Test
    void where_its_container_is_gone_a_new_instance_takes_its_place() {
        InstanceAddress fallen = bringUpAndLetDie();
        host.lose(fallen.id());
        ServiceReport report = requests.report(requests.revive(WEB, fallen.id()));
        assertThat(report.state()).isEqualTo(ServiceState.RUNNING);
        InstanceId other = report.instances().getFirst().id();
        assertThat(other).isNotEqualTo(fallen.id());
        assertThat(host.running()).containsExactly(other);
        assertThat(nodeManager.registeredOf(app.name()))
                .extracting(instance -> instance.id())
                .containsExactly(other);
    }

    @Test
    void one_that_dies_at_once_again_is_a_failure_and_stays_where_it_is_for_another_try() {
        InstanceAddress fallen = bringUpAndLetDie();
        host.behaviour = Behaviour.ENDS_WITH_1;
        assertThat(requests.failure(requests.revive(WEB, fallen.id())).code()).isEqualTo("CONTAINER_ENDED");
        assertThat(host.startedAgain).containsExactly(fallen.id());
        assertThat(host.removed).isEmpty();
        assertThat(nodeManager.registeredOf(app.name())).hasSize(1);
        host.behaviour = Behaviour.SERVES;
        assertThat(requests.report(requests.revive(WEB, fallen.id())).instances())
                .containsExactly(fallen);
    }

    @Test
    void one_that_was_stopped_meanwhile_is_not_brought_back() {
        InstanceAddress fallen = bringUpAndLetDie();
        requests.report(requests.stop(WEB));
        assertThat(requests.failure(requests.revive(WEB, fallen.id())).code()).isEqualTo("NOT_WANTED");
        assertThat(host.startedAgain).isEmpty();
    }

    @Test
    void of_a_node_that_does_not_answer_nothing_is_asked_and_what_is_left_there_goes_when_it_is_back() {
        InstanceAddress fallen = bringUpAndLetDie();
        nodeManager.announceNode(OTHER);
        nodeManager.announceLost(NODE);
        await().until(() -> jdbc.sql("select node ->> 'state' from node where id = ?")
                .param(NODE.value())
                .query(String.class)
                .single()
                .equals("UNREACHABLE"));
        DeploymentToken token = requests.revive(WEB, fallen.id());
        loadBalancer.place(loadBalancer.awaitPlace(token), OTHER);
        ServiceReport report = requests.report(token);
        assertThat(report.state()).isEqualTo(ServiceState.RUNNING);
        assertThat(report.instances()).extracting(InstanceAddress::node).containsExactly(OTHER);
        assertThat(host.startedAgain).isEmpty();
        assertThat(host.removed).isEmpty();
        nodeManager.announceNode(NODE);
        await().untilAsserted(() -> assertThat(host.removed).containsExactly(fallen.id()));
    }

    @Test
    void one_that_is_hung_is_stopped_and_started_again_where_it_is() {
        InstanceAddress hung = bringUpAndLetHang();
        ServiceReport report = requests.report(requests.revive(WEB, hung.id(), Fault.HUNG));
        assertThat(report.state()).isEqualTo(ServiceState.RUNNING);
        assertThat(report.instances()).containsExactly(hung);
        assertThat(host.stopped).containsExactly(hung.id());
        assertThat(host.startedAgain).containsExactly(hung.id());
        assertThat(host.removed).isEmpty();
    }

    @Test
    void one_that_answers_well_by_now_is_not_stopped() {
        InstanceAddress well = requests.bringUp(releases.web(1)).instances().getFirst();
        ServiceReport report = requests.report(requests.revive(WEB, well.id(), Fault.HUNG));
        assertThat(report.instances()).containsExactly(well);
        assertThat(host.stopped).isEmpty();
    }

    @Test
    void one_that_is_asked_for_because_it_died_is_not_stopped_whatever_it_answers() {
        InstanceAddress hung = bringUpAndLetHang();
        requests.report(requests.revive(WEB, hung.id(), Fault.DIED));
        assertThat(host.stopped).isEmpty();
    }

    @Test
    void a_hung_one_that_was_stopped_when_its_deployer_failed_is_started_again_by_whoever_goes_on() {
        InstanceAddress hung = bringUpAndLetHang();
        host.dieAfterStop = true;
        DeploymentToken token = requests.revive(WEB, hung.id(), Fault.HUNG);
        await().until(() -> host.stopped.size() == 1);
        host.dieAfterStop = false;
        assertThat(requests.report(token).instances()).containsExactly(hung);
        assertThat(host.stopped).containsExactly(hung.id());
        assertThat(host.startedAgain).containsExactly(hung.id());
    }

    @Test
    void a_hung_one_that_the_user_stopped_meanwhile_stays_stopped() {
        InstanceAddress hung = bringUpAndLetHang();
        requests.report(requests.stop(WEB));
        assertThat(requests.failure(requests.revive(WEB, hung.id(), Fault.HUNG)).code())
                .isEqualTo("NOT_WANTED");
        assertThat(host.startedAgain).isEmpty();
    }

    @Test
    void several_that_died_come_back_side_by_side_but_one_only_once_at_a_time() {
        requests.bringUp(releases.web(1));
        List<InstanceId> fallen = requests.report(requests.scaleUp(WEB)).instances().stream()
                .map(InstanceAddress::id)
                .toList();
        fallen.forEach(instance -> {
            nodeManager.tellDeath(app.name(), WEB, instance);
            host.lose(instance);
        });
        await().until(() -> fallen.stream().noneMatch(this::isAlive));
        loadBalancer.placing = false;
        List<DeploymentToken> revivals =
                fallen.stream().map(instance -> requests.revive(WEB, instance)).toList();
        DeploymentToken again = requests.revive(WEB, fallen.getFirst());
        await().untilAsserted(() -> assertThat(revivals)
                .allMatch(revival -> loadBalancer.places(revival).size() == 1));
        assertThat(loadBalancer.places(again)).isEmpty();
        revivals.forEach(revival -> loadBalancer.places(revival).forEach(loadBalancer::place));
        revivals.forEach(revival -> assertThat(requests.report(revival).state()).isEqualTo(ServiceState.RUNNING));
        assertThat(host.running()).hasSize(2).doesNotContainAnyElementsOf(fallen);
        assertThat(requests.failure(again).code()).isEqualTo("NOT_WANTED");
    }

    private InstanceAddress bringUpAndLetHang() {
        InstanceAddress instance = requests.bringUp(releases.web(1)).instances().getFirst();
        host.hung.add(instance.id());
        return instance;
    }

    private InstanceAddress bringUpAndLetDie() {
        InstanceAddress instance = requests.bringUp(releases.web(1)).instances().getFirst();
        nodeManager.tellDeath(app.name(), WEB, instance.id());
        await().until(() -> !isAlive(instance.id()));
        return instance;
    }

    private boolean isAlive(InstanceId instance) {
        return jdbc.sql("select died_at is null from instance where id = ?")
                .param(instance.value())
                .query(Boolean.class)
                .single();
    }
}
