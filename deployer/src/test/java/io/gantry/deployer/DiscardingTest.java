package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.API;
import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.deployer.neighbour.PretendedNodeManager.NODE;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.build.PretendedBuilder;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.neighbour.Told;
import io.gantry.deployer.registry.PretendedRegistry;
import io.gantry.deployer.rollout.PretendedHost;
import io.gantry.deployer.rollout.PretendedHost.ImagesRemoved;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is left of an app that is gone, and what is not taken from the next one of its name. */
@DeployerTest
class DiscardingTest {
    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    OwnApp app;

    @Autowired
    Told told;

    @Autowired
    PretendedHost host;

    @Autowired
    PretendedBuilder builder;

    @Autowired
    PretendedRegistry registry;

    @Autowired
    JdbcClient jdbc;

    private String repository = "";

    @BeforeEach
    void images_are_seen_in_the_registry_and_one_node_is_known() {
        repository = "local/" + app + "/" + WEB;
        builder.registry = registry;
        await().until(() ->
                jdbc.sql("select count(*) from node").query(Integer.class).single() == 1);
    }

    private void build(int version) {
        assertThat(requests.answer(requests.build(releases.web(version))).outcome())
                .isEqualTo(Outcome.SUCCEEDED);
    }

    private void awaitNothingToDo() {
        await().until(() -> jdbc.sql("select not exists (select from work where task_instance like ?)")
                .param(app + "/%/discard-%")
                .query(Boolean.class)
                .single());
    }

    @Test
    void nothing_is_left_of_an_app_that_is_gone() {
        build(1);
        build(2);
        assertThat(registry.tags(repository)).containsExactlyInAnyOrder("1", "2");
        requests.discard(WEB);
        await().untilAsserted(() -> assertThat(registry.tags(repository)).isEmpty());
        await().untilAsserted(() -> assertThat(builder.discarded).containsExactly(app + "/" + WEB));
        await().untilAsserted(() -> assertThat(host.imagesRemoved)
                .containsExactly(new ImagesRemoved(NODE, registry.address() + "/" + repository, Set.of())));
        assertThat(requests.failure(requests.run(releases.web(1))).code()).isEqualTo("IMAGE_NOT_BUILT");
    }

    @Test
    void a_registry_that_shows_few_tags_at_a_time_is_emptied_all_the_same() {
        build(1);
        build(2);
        build(3);
        registry.shown = 1;
        requests.discard(WEB);
        await().untilAsserted(() -> assertThat(registry.tags(repository)).isEmpty());
    }

    @Test
    void a_registry_that_is_away_is_asked_again_and_an_app_of_the_same_name_keeps_its_images() {
        build(1);
        build(2);
        registry.behaviour = PretendedRegistry.Behaviour.IS_AWAY;
        int before = registry.asked.get();
        requests.discard(WEB);
        await().until(() -> registry.asked.get() > before);
        build(2);
        registry.behaviour = PretendedRegistry.Behaviour.DELETES;
        await().untilAsserted(() -> assertThat(registry.tags(repository)).containsExactly("2"));
        awaitNothingToDo();
        assertThat(registry.tags(repository)).containsExactly("2");
        assertThat(requests.report(requests.run(releases.web(2))).state()).isEqualTo(ServiceState.RUNNING);
    }

    @Test
    void a_registry_that_lets_nobody_delete_is_not_asked_for_ever() {
        build(1);
        registry.behaviour = PretendedRegistry.Behaviour.KEEPS;
        requests.discard(WEB);
        awaitNothingToDo();
        assertThat(registry.tags(repository)).containsExactly("1");
    }

    @Test
    void a_node_out_of_reach_delays_nothing_else_and_is_asked_again() {
        build(1);
        host.unreachable = true;
        requests.discard(WEB);
        await().untilAsserted(() -> assertThat(registry.tags(repository)).isEmpty());
        assertThat(host.imagesRemoved).isEmpty();
        host.unreachable = false;
        await().untilAsserted(() -> assertThat(host.imagesRemoved).hasSize(1));
    }

    @Test
    void nothing_goes_while_an_image_is_in_the_making() {
        builder.takeTime();
        DeploymentToken token = requests.build(releases.web(1));
        told.awaitState(token, ServiceState.BUILDING);
        requests.discard(WEB, API);
        await().untilAsserted(() -> assertThat(builder.discarded).contains(app + "/" + API));
        assertThat(builder.discarded).doesNotContain(app + "/" + WEB);
        builder.letOneEnd();
        assertThat(requests.answer(token).outcome()).isEqualTo(Outcome.SUCCEEDED);
        awaitNothingToDo();
        await().untilAsserted(() -> assertThat(builder.tidied).hasSize(1));
        assertThat(registry.tags(repository)).containsExactly("1");
        assertThat(host.imagesRemoved)
                .filteredOn(removed -> removed.repository().endsWith(repository))
                .singleElement()
                .satisfies(removed -> assertThat(removed.kept()).hasSize(1));
    }
}
