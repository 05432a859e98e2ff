package io.gantry.deployer.request;

import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.DeployerTest;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.build.PretendedBuilder;
import io.gantry.deployer.neighbour.PretendedNodeManager;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.registry.PretendedRegistry;
import io.gantry.deployer.rollout.PretendedHost;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Of an app's versions, three are kept, and what runs. */
@DeployerTest
class RetentionTest {
    private static final int KEPT = 3;

    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    OwnApp app;

    @Autowired
    PretendedHost host;

    @Autowired
    PretendedBuilder builder;

    @Autowired
    PretendedRegistry registry;

    @Autowired
    OldImages old;

    @Autowired
    JdbcClient jdbc;

    private String repository = "";

    @BeforeEach
    void one_runs_and_many_were_built_after_it() {
        repository = "local/" + app + "/" + WEB;
        builder.registry = registry;
        await().until(() ->
                jdbc.sql("select count(*) from node").query(Integer.class).single() == 1);
        assertThat(requests.report(requests.buildAndRun(releases.web(1))).state())
                .isEqualTo(ServiceState.RUNNING);
        for (int version = 2; version <= KEPT + 2; version++) {
            assertThat(requests.answer(requests.build(releases.web(version))).outcome())
                    .isEqualTo(Outcome.SUCCEEDED);
        }
    }

    private void longAgo() {
        jdbc.sql("update leg set began_at = began_at - interval '36 days' where app = ?")
                .param(app.name().value())
                .update();
        jdbc.sql("update image set pushed_at = pushed_at - interval '36 days' where app = ?")
                .param(app.name().value())
                .update();
    }

    private void discardOld() {
        old.services().stream().filter(one -> one.app().equals(app.name())).forEach(old::discard);
    }

    @Test
    void an_image_that_is_old_goes_from_the_registry_and_the_nodes_and_what_runs_stays() {
        longAgo();
        discardOld();
        await().untilAsserted(() -> assertThat(registry.tags(repository)).hasSize(KEPT + 1));
        assertThat(registry.tags(repository)).contains("1", "3", "5").doesNotContain("2");
        await().untilAsserted(() -> assertThat(host.imagesRemoved)
                .singleElement()
                .satisfies(removed -> {
                    assertThat(removed.node()).isEqualTo(PretendedNodeManager.NODE);
                    assertThat(removed.kept()).hasSize(KEPT + 1);
                }));
        assertThat(requests.failure(requests.run(releases.web(2))).code()).isEqualTo("IMAGE_NOT_BUILT");
        assertThat(requests.report(requests.buildAndRun(releases.web(2))).state())
                .isEqualTo(ServiceState.RUNNING);
    }

    @Test
    void what_was_named_of_late_stays() {
        discardOld();
        assertThat(registry.tags(repository)).hasSize(KEPT + 2);
        assertThat(jdbc.sql("select count(*) from image where app = ?")
                        .param(app.name().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(KEPT + 2);
    }

    @Test
    void nothing_goes_while_anything_is_under_way() {
        longAgo();
        builder.takeTime();
        var token = requests.build(releases.web(KEPT + 3));
        await().until(() -> Objects.equals(
                jdbc.sql("select count(*) from leg where app = ? and not ended")
                        .param(app.name().value())
                        .query(Integer.class)
                        .single(),
                1));
        discardOld();
        assertThat(jdbc.sql("select count(*) from image where app = ?")
                        .param(app.name().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(KEPT + 2);
        builder.letOneEnd();
        assertThat(requests.answer(token).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
}
