package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.neighbour.PretendedLoadBalancer;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.neighbour.Told;
import io.gantry.deployer.rollout.PretendedHost;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

/** One request after another, each once, and all in sight. */
@DeployerTest
class QueueingTest {
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
    PretendedHost host;

    @Autowired
    RestTestClient http;

    @Test
    void a_command_that_comes_twice_is_carried_out_once() {
        requests.answer(requests.build(releases.web(1)));
        var command = new DeployerCommand.Run(requests.token(), app.name(), List.of(releases.web(1)), requests.soon());
        IntStream.range(0, 3).forEach(_ -> requests.command(command));
        requests.answer(command.token());
        requests.answer(requests.stop(WEB));
        assertThat(told.answers(command.token())).hasSize(1);
        assertThat(host.started).hasSize(1);
    }

    @Test
    void a_request_waits_for_an_earlier_one_for_the_same_service() {
        requests.answer(requests.build(releases.web(1), releases.api()));
        loadBalancer.placing = false;
        DeploymentToken first = requests.run(releases.web(1));
        loadBalancer.awaitPlace(first);
        DeploymentToken second = requests.run(releases.web(1));
        DeploymentToken other = requests.run(releases.api());
        loadBalancer.awaitPlace(other);
        told.awaitState(second, ServiceState.QUEUED);
        assertThat(loadBalancer.places(second)).isEmpty();
        assertThat(told.states(second)).containsExactly(ServiceState.QUEUED);
        loadBalancer.placing = true;
        loadBalancer.places(first).forEach(loadBalancer::place);
        assertThat(requests.report(second).state()).isEqualTo(ServiceState.RUNNING);
        assertThat(told.answers(first)).hasSize(1);
        requests.cancel(other);
        assertThat(requests.answer(other).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void what_is_under_way_can_be_looked_at() {
        loadBalancer.placing = false;
        DeploymentToken token = requests.buildAndRun(releases.web(1));
        told.awaitState(token, ServiceState.PLACING);
        http.get()
                .uri("/api/v1/requests")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$[?(@.token == '%s')].mode".formatted(token))
                .isEqualTo(Mode.BUILD_AND_RUN.name())
                .jsonPath("$[?(@.token == '%s')].services[0].state".formatted(token))
                .isEqualTo("PLACING");
        requests.cancel(token);
        requests.answer(token);
        http.get()
                .uri("/api/v1/requests?state=CANCELLED")
                .exchange()
                .expectBody()
                .jsonPath("$[?(@.token == '%s')].app".formatted(token))
                .isEqualTo(app.name().value());
        http.get().uri("/api/v1/requests?state=NONE").exchange().expectStatus().isBadRequest();
    }
}
