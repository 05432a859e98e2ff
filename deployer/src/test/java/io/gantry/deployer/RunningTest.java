package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.API;
import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.deployer.neighbour.PretendedNodeManager.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.neighbour.PretendedNodeManager;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.neighbour.Told;
import io.gantry.deployer.rollout.PretendedHost;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The way of a release from its bundle to instances that serve. */
@DeployerTest
class RunningTest {
    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    OwnApp app;

    @Autowired
    Told told;

    @Autowired
    PretendedNodeManager nodeManager;

    @Autowired
    PretendedHost host;

    @Test
    void a_service_is_built_run_registered_and_answered_for() {
        DeploymentToken token = requests.buildAndRun(releases.web(1));
        DeployerEvent.Finished answer = requests.answer(token);
        assertThat(answer.outcome()).isEqualTo(Outcome.SUCCEEDED);
        ServiceReport report = answer.services().getFirst();
        InstanceId instance = InstanceId.of(app.name(), WEB, token, 0);
        assertThat(report.state()).isEqualTo(ServiceState.RUNNING);
        assertThat(report.image()).startsWith("registry/local/" + app + "/app-server@sha256:");
        assertThat(report.instances()).singleElement().satisfies(at -> {
            assertThat(at.id()).isEqualTo(instance);
            assertThat(at.node()).isEqualTo(NODE);
            assertThat(at.address()).isEqualTo("127.0.0.1");
        });
        assertThat(nodeManager.registered).containsKey(instance.value());
        assertThat(host.running()).containsExactly(instance);
    }

    @Test
    void every_state_on_the_way_is_told_in_order() {
        DeploymentToken token = requests.buildAndRun(releases.web(1));
        requests.answer(token);
        assertThat(told.states(token))
                .containsExactly(
                        ServiceState.QUEUED,
                        ServiceState.BUILDING,
                        ServiceState.PUSHING,
                        ServiceState.PLACING,
                        ServiceState.STARTING,
                        ServiceState.VERIFYING,
                        ServiceState.REGISTERING,
                        ServiceState.RUNNING);
    }

    @Test
    void an_instance_knows_who_it_is() {
        DeploymentToken token =
                requests.buildAndRun(releases.web(4, Map.of("env", Map.of("PORT", "1", "MODE", "a=b"))));
        requests.answer(token);
        InstanceId instance = InstanceId.of(app.name(), WEB, token, 0);
        assertThat(host.environmentOf(instance))
                .containsEntry("PORT", "8000")
                .containsEntry("MODE", "a=b")
                .containsEntry("GANTRY_APP", app.name().value())
                .containsEntry("GANTRY_SERVICE", "app-server")
                .containsEntry("GANTRY_VERSION", "4")
                .containsEntry("GANTRY_INSTANCE", instance.value());
    }

    @Test
    void what_was_not_built_is_not_run() {
        Failure failure = requests.failure(requests.run(releases.web(9)));
        assertThat(failure.code()).isEqualTo("IMAGE_NOT_BUILT");
    }

    @Test
    void as_many_instances_run_as_the_service_asks_for() {
        Release threefold = releases.web(1, Map.of("scale", Map.of("min", 3)));
        ServiceReport report = requests.report(requests.buildAndRun(threefold));
        assertThat(report.instances()).hasSize(3);
        assertThat(host.running()).hasSize(3);
    }

    @Test
    void services_of_a_request_go_their_own_ways() {
        requests.answer(requests.build(releases.web(1)));
        DeploymentToken token = requests.run(releases.web(1), releases.api());
        DeployerEvent.Finished answer = requests.answer(token);
        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.services())
                .extracting(ServiceReport::service, ServiceReport::state)
                .containsExactlyInAnyOrder(tuple(WEB, ServiceState.RUNNING), tuple(API, ServiceState.FAILED));
    }
}
