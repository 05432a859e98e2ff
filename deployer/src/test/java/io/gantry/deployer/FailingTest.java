package io.gantry.deployer;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.neighbour.PretendedLoadBalancer;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.rollout.PretendedHost;
import io.gantry.deployer.rollout.PretendedHost.Behaviour;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What does not come up says why, and leaves nothing behind. */
@DeployerTest
class FailingTest {
    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    PretendedLoadBalancer loadBalancer;

    @Autowired
    PretendedHost host;

    @Test
    void a_crash_at_start_is_reported_and_leaves_nothing() {
        host.behaviour = Behaviour.ENDS_WITH_1;
        DeploymentToken token = requests.buildAndRun(releases.web(1));
        Failure failure = requests.failure(token);
        assertThat(failure.code()).isEqualTo("CONTAINER_ENDED");
        assertThat(failure.exitCode()).isEqualTo(1);
        assertThat(failure.log()).isNotEmpty();
        assertThat(requests.report(token).instances()).isEmpty();
        assertThat(host.running()).isEmpty();
        await().untilAsserted(() ->
                assertThat(loadBalancer.asked).hasAtLeastOneElementOfType(PlacementRequest.Release.class));
    }

    @Test
    void running_out_of_memory_is_named() {
        host.behaviour = Behaviour.RUNS_OUT_OF_MEMORY;
        Failure failure = requests.failure(requests.buildAndRun(releases.web(1)));
        assertThat(failure.code()).isEqualTo("OUT_OF_MEMORY");
        assertThat(failure.oomKilled()).isTrue();
        assertThat(failure.exitCode()).isEqualTo(137);
    }

    @Test
    void what_somebody_killed_is_not_taken_for_one_that_wanted_memory() {
        host.behaviour = Behaviour.IS_KILLED;
        Failure failure = requests.failure(requests.buildAndRun(releases.web(1)));
        assertThat(failure.code()).isEqualTo("CONTAINER_ENDED");
        assertThat(failure.oomKilled()).isFalse();
        assertThat(failure.message()).contains("was killed, with exit code 137");
    }

    @Test
    void what_is_only_likely_is_said_to_be_so() {
        host.behaviour = Behaviour.IS_KILLED_BY_NOBODY;
        Failure failure = requests.failure(requests.buildAndRun(releases.web(1)));
        assertThat(failure.code()).isEqualTo("OUT_OF_MEMORY");
        assertThat(failure.oomKilled()).isTrue();
        assertThat(failure.message()).contains("most likely");
    }

    @Test
    void a_health_check_that_never_answers_well_is_reported_with_its_last_answer() {
        host.behaviour = Behaviour.NEVER_HEALTHY;
        var impatient = Map.of("path", "/", "interval", "50ms", "timeout", "30s", "gracePeriod", "500ms");
        Failure failure = requests.failure(requests.buildAndRun(releases.web(1, Map.of("health", impatient))));
        assertThat(failure.code()).isEqualTo("HEALTH_CHECK_FAILED");
        assertThat(failure.lastProbe()).isEqualTo("HTTP 503");
        assertThat(host.running()).isEmpty();
    }
}
