package io.gantry.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.neighbour.PretendedLoadBalancer;
import io.gantry.deployer.neighbour.PretendedNodeManager;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.neighbour.Told;
import io.gantry.deployer.rollout.PretendedHost;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** No request waits for ever. */
@DeployerTest
class DeadlineTest {
    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    Told told;

    @Autowired
    PretendedLoadBalancer loadBalancer;

    @Autowired
    PretendedNodeManager nodeManager;

    @Autowired
    PretendedHost host;

    @Autowired
    ShiftedClock clock;

    @Test
    void no_room_in_time_is_a_lack_of_capacity_with_reasons() {
        loadBalancer.placing = false;
        DeploymentToken token = requests.buildAndRun(releases.web(1));
        loadBalancer.findNoRoom(loadBalancer.awaitPlace(token));
        told.awaitDetail(token, "waits for room: 256Mi are missing");
        clock.putForward(Duration.ofMinutes(6));
        Failure failure = requests.failure(token);
        assertThat(failure.code()).isEqualTo("NO_CAPACITY");
        assertThat(failure.message()).contains("256Mi are missing");
        assertThat(failure.log()).containsExactly("local: no memory (capacity)");
    }

    @Test
    void a_request_ends_at_its_deadline_whatever_it_waits_for() {
        nodeManager.registering = false;
        DeploymentToken token = requests.buildAndRun(releases.web(1));
        told.awaitState(token, ServiceState.REGISTERING);
        clock.putForward(Duration.ofMinutes(11));
        DeployerEvent.Finished answer = requests.answer(token);
        assertThat(answer.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(answer.services().getFirst().state()).isEqualTo(ServiceState.TIMED_OUT);
        assertThat(host.running()).isEmpty();
    }
}
