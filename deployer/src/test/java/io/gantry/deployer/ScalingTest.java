package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.neighbour.PretendedLoadBalancer;
import io.gantry.deployer.neighbour.PretendedNodeManager;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.rollout.PretendedHost;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Instances are added and removed one by one. */
@DeployerTest
class ScalingTest {
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

    @Autowired
    JdbcClient jdbc;

    @Test
    void scaling_adds_and_removes_one_instance_the_youngest() {
        InstanceId first =
                requests.bringUp(releases.web(1)).instances().getFirst().id();
        ServiceReport up = requests.report(requests.scaleUp(WEB));
        assertThat(up.instances()).hasSize(2);
        ServiceReport down = requests.report(requests.scaleDown(WEB));
        assertThat(down.instances()).extracting(at -> at.id()).containsExactly(first);
        assertThat(host.running()).containsExactly(first);
        assertThat(requests.failure(requests.scaleDown(WEB)).code()).isEqualTo("LAST_INSTANCE");
    }

    @Test
    void what_runs_from_an_image_that_the_registry_lost_runs_on_and_is_scaled_as_before() {
        requests.bringUp(releases.web(1));
        requests.report(requests.scaleUp(WEB));
        host.imagesLost = true;
        assertThat(requests.failure(requests.scaleUp(WEB)).code()).isEqualTo("IMAGE_MISSING");
        assertThat(requests.failure(requests.scaleUp(WEB)).code()).isEqualTo("IMAGE_MISSING");
        assertThat(requests.report(requests.scaleDown(WEB)).instances()).hasSize(1);
        host.imagesLost = false;
        assertThat(requests.report(requests.scaleUp(WEB)).instances()).hasSize(2);
    }

    @Test
    void instances_are_added_side_by_side_and_whatever_else_comes_waits_for_them() {
        requests.bringUp(releases.web(1));
        loadBalancer.placing = false;
        List<DeploymentToken> ups = List.of(requests.scaleUp(WEB), requests.scaleUp(WEB));
        DeploymentToken restart = requests.restart(WEB);
        DeploymentToken late = requests.scaleUp(WEB);
        await().untilAsserted(() ->
                assertThat(ups).allMatch(up -> loadBalancer.places(up).size() == 1));
        assertThat(loadBalancer.places(restart)).isEmpty();
        loadBalancer.placing = true;
        ups.forEach(up -> loadBalancer.places(up).forEach(loadBalancer::place));
        assertThat(requests.report(restart).instances()).hasSize(3);
        assertThat(requests.report(late).instances()).hasSize(4);
    }

    @Test
    void an_instance_that_died_is_cleared_away_by_the_next_that_is_added() {
        InstanceId dead =
                requests.bringUp(releases.web(1)).instances().getFirst().id();
        nodeManager.tellDeath(app.name(), WEB, dead);
        await().until(() -> jdbc.sql("select died_at is not null from instance where id = ?")
                .param(dead.value())
                .query(Boolean.class)
                .single());
        ServiceReport up = requests.report(requests.scaleUp(WEB));
        assertThat(up.instances())
                .singleElement()
                .satisfies(at -> assertThat(at.id()).isNotEqualTo(dead));
        assertThat(host.removed).containsExactly(dead);
    }
}
