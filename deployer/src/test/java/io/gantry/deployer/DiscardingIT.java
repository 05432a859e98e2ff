package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.Release;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Programs;
import io.gantry.deployer.neighbour.Requests;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Apps come and go; the engine and the registry keep nothing of those that are gone. */
@DeployerIT
class DiscardingIT {
    @Autowired
    Requests requests;

    @Autowired
    Programs programs;

    @Autowired
    OwnApp app;

    @Autowired
    LocalRegistry registry;

    @Autowired
    LocalEngine engine;

    @Test
    void nothing_is_left_of_an_app_that_is_gone_and_the_next_of_its_name_starts_anew() throws Exception {
        String repository = "deployer-it/" + app + "/" + WEB;
        Release release = programs.hello();
        requests.bringUp(release);
        requests.report(requests.stop(WEB));
        assertThat(engine.caches()).isNotEmpty();
        assertThat(registry.tags(repository)).contains("\"1\"");
        requests.discard(WEB);
        await().untilAsserted(() -> assertThat(engine.images()).isEmpty());
        await().untilAsserted(() -> assertThat(engine.caches()).isEmpty());
        await().untilAsserted(() -> assertThat(registry.tags(repository)).doesNotContain("\"1\""));
        InstanceAddress anew = requests.bringUp(release).instances().getFirst();
        assertThat(Page.of(anew)).isEqualTo("Hello from " + app);
        assertThat(registry.tags(repository)).contains("\"1\"");
    }

    @Test
    void what_another_platform_keeps_for_an_app_of_the_same_name_stays() {
        requests.answer(requests.build(programs.hello()));
        await().until(() -> engine.caches().size() == 1);
        String former = engine.formerCache(WEB);
        engine.tag(engine.caches().getFirst().getId(), former, "own");
        engine.tag("gantry/debian:1", former, "whose");
        engine.tag("gantry/debian:1", engine.cacheOfAnother(WEB), "theirs");
        requests.discard(WEB);
        await().untilAsserted(() -> assertThat(engine.caches()).isEmpty());
        await().until(() -> !engine.has(former + ":own"));
        assertThat(engine.has(former + ":whose")).isTrue();
        assertThat(engine.has(engine.cacheOfAnother(WEB) + ":theirs")).isTrue();
    }

    /** They stand on the same layers, and the engine does not know that one is built upon while it removes another. */
    @Test
    void apps_with_the_same_code_may_come_and_go_side_by_side() {
        Release release = programs.hello();
        List<AppName> apps =
                IntStream.range(0, 6).mapToObj(n -> new AppName(app + "-" + n)).toList();
        for (int round = 0; round < 3; round++) {
            List<DeploymentToken> builds =
                    apps.stream().map(one -> requests.build(one, release)).toList();
            for (int n = 0; n < apps.size(); n++) {
                var answer = requests.answer(builds.get(n));
                assertThat(answer.outcome()).as("%s", answer).isEqualTo(Outcome.SUCCEEDED);
                requests.discard(apps.get(n), WEB);
            }
        }
        await().untilAsserted(() -> assertThat(engine.caches()).isEmpty());
    }
}
