package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.API;
import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.placement.PlacementRequest.Companion;
import io.gantry.contract.placement.PlacementRequest.Forgo;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.neighbour.PretendedLoadBalancer;
import io.gantry.deployer.neighbour.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the load-balancer is told of the rest of an app whose services go to one node. */
@DeployerTest
class CompanionsTest {
    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    OwnApp app;

    @Autowired
    PretendedLoadBalancer loadBalancer;

    @Test
    void services_that_are_built_and_run_together_tell_of_each_other() {
        loadBalancer.placing = false;
        DeploymentToken token = requests.buildAndRun(releases.web(1), releases.api());
        assertThat(loadBalancer.awaitPlaces(token, 2)).allSatisfy(CompanionsTest::isToldOfTheOther);
        requests.cancel(token);
        assertThat(requests.answer(token).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void services_that_are_run_together_do_too() {
        requests.answer(requests.build(releases.web(1), releases.api()));
        DeploymentToken token = requests.run(releases.web(1), releases.api());
        assertThat(loadBalancer.awaitPlaces(token, 2)).allSatisfy(CompanionsTest::isToldOfTheOther);
        assertThat(requests.answer(token).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void one_that_comes_later_is_told_of_what_runs() {
        DeploymentToken former = requests.buildAndRun(releases.web(1));
        Place alone = loadBalancer.awaitPlace(former);
        assertThat(alone.companions()).isEmpty();
        requests.answer(former);
        Place later = loadBalancer.awaitPlace(requests.buildAndRun(releases.api()));
        assertThat(later.companions()).singleElement().satisfies(companion -> {
            assertThat(companion.instance()).isEqualTo(InstanceId.of(app.name(), WEB, former, 0));
            assertThat(companion.onItsWay()).isFalse();
        });
    }

    @Test
    void a_service_that_comes_to_another_end_asks_for_no_more() {
        loadBalancer.placing = false;
        DeploymentToken token = requests.buildAndRun(releases.web(1));
        loadBalancer.awaitPlace(token);
        requests.cancel(token);
        assertThat(requests.answer(token).outcome()).isEqualTo(Outcome.CANCELLED);
        await().untilAsserted(() -> assertThat(loadBalancer.asked).contains(new Forgo(token, app.name(), WEB)));
    }

    private static void isToldOfTheOther(Place place) {
        List<Companion> companions = place.companions();
        assertThat(companions).singleElement().satisfies(other -> {
            assertThat(other.service()).isEqualTo(place.service().equals(WEB) ? API : WEB);
            assertThat(other.instance()).isEqualTo(InstanceId.of(place.app(), other.service(), place.deployment(), 0));
            assertThat(other.onItsWay()).isTrue();
        });
    }
}
