package io.gantry.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.build.PretendedBuilder;
import io.gantry.deployer.registry.PretendedRegistry;
import io.gantry.deployer.registry.PretendedRegistry.Behaviour;
import io.gantry.deployer.rollout.PretendedHost;
import io.gantry.deployer.rollout.PretendedHost.ImagesRemoved;
import io.gantry.storage.BlobStore;
import io.gantry.testkit.EmbeddedPlatform;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;

/** What is left of an app that is gone, and what is not taken from the next one of its name. */
@SpringBootTest(
        classes = DeployerApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=deployer")
@Import({Neighbours.class, Requests.class, PretendedHost.class, PretendedBuilder.class})
@EmbeddedPlatform
class DiscardTest {
    private static final BundleShelf SHELF = new BundleShelf();
    private static final PretendedRegistry REGISTRY = PretendedRegistry.start();
    private static final ServiceName WEB = new ServiceName("app-server");
    private static final ServiceName WORKER = new ServiceName("worker-api");

    @TestBean
    BlobStore blobStore;

    static BlobStore blobStore() {
        return SHELF.store;
    }

    @DynamicPropertySource
    static void registry(DynamicPropertyRegistry properties) {
        properties.add("gantry.deployer.registry.address", REGISTRY::address);
    }

    @Autowired
    Neighbours neighbours;

    @Autowired
    Requests requests;

    @Autowired
    PretendedHost host;

    @Autowired
    PretendedBuilder builder;

    @Autowired
    JdbcClient jdbc;

    private AppName app;
    private String repository;

    @BeforeEach
    void everyTestHasItsOwnApp(TestInfo test) {
        app = new AppName("app-" + Integer.toHexString(test.getDisplayName().hashCode()));
        repository = app + "/" + WEB;
        REGISTRY.behaviour = Behaviour.DELETES;
        REGISTRY.shown = 100;
        builder.reset();
        builder.registry = REGISTRY;
        host.reset();
        neighbours.announceNode(Neighbours.NODE);
        await().until(() ->
                jdbc.sql("select count(*) from node").query(Integer.class).single() == 1);
    }

    @AfterAll
    static void stopTheRegistry() {
        REGISTRY.stop();
    }

    private Release web(int version) {
        String config = "{\"port\": 8000, \"x-of\": \"%s/%d\"}".formatted(app, version);
        return SHELF.put(WEB, version, new Zip().with("app.py", "print()").with("config.json", config));
    }

    private void build(int version) {
        assertThat(requests.answer(requests.build(app, web(version))).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    private void awaitNothingToDo() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> jdbc.sql("select not exists (select from work where task_instance like ?)")
                        .param(app + "/%/discard-%")
                        .query(Boolean.class)
                        .single());
    }

    @Test
    void nothing_is_left_of_an_app_that_is_gone() {
        build(1);
        build(2);
        assertThat(REGISTRY.tags(repository)).containsExactlyInAnyOrder("1", "2");
        requests.discard(app, WEB);
        await().untilAsserted(() -> assertThat(REGISTRY.tags(repository)).isEmpty());
        await().untilAsserted(() -> assertThat(builder.discarded).containsExactly(repository));
        await().untilAsserted(() -> assertThat(host.imagesRemoved)
                .containsExactly(new ImagesRemoved(Neighbours.NODE, REGISTRY.address() + "/" + repository, Set.of())));
        assertThat(requests.report(requests.run(app, web(1))).failure())
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("IMAGE_NOT_BUILT"));
    }

    @Test
    void a_registry_that_shows_few_tags_at_a_time_is_emptied_all_the_same() {
        build(1);
        build(2);
        build(3);
        REGISTRY.shown = 1;
        requests.discard(app, WEB);
        await().untilAsserted(() -> assertThat(REGISTRY.tags(repository)).isEmpty());
    }

    @Test
    void a_registry_that_is_away_is_asked_again_and_an_app_of_the_same_name_keeps_its_images() {
        build(1);
        build(2);
        REGISTRY.behaviour = Behaviour.IS_AWAY;
        int before = REGISTRY.asked.get();
        requests.discard(app, WEB);
        await().until(() -> REGISTRY.asked.get() > before);
        build(2);
        REGISTRY.behaviour = Behaviour.DELETES;
        await().untilAsserted(() -> assertThat(REGISTRY.tags(repository)).containsExactly("2"));
        awaitNothingToDo();
        assertThat(REGISTRY.tags(repository)).containsExactly("2");
        assertThat(requests.report(requests.run(app, web(2))).state()).isEqualTo(ServiceState.RUNNING);
    }

    @Test
    void a_registry_that_lets_nobody_delete_is_not_asked_for_ever() {
        build(1);
        REGISTRY.behaviour = Behaviour.KEEPS;
        requests.discard(app, WEB);
        awaitNothingToDo();
        assertThat(REGISTRY.tags(repository)).containsExactly("1");
    }

    @Test
    void a_node_out_of_reach_delays_nothing_else_and_is_asked_again() {
        build(1);
        host.unreachable = true;
        requests.discard(app, WEB);
        await().untilAsserted(() -> assertThat(REGISTRY.tags(repository)).isEmpty());
        assertThat(host.imagesRemoved).isEmpty();
        host.unreachable = false;
        await().untilAsserted(() -> assertThat(host.imagesRemoved).hasSize(1));
    }

    @Test
    void nothing_goes_while_an_image_is_in_the_making() {
        builder.takeTime();
        DeploymentToken token = requests.build(app, web(1));
        await().until(() -> neighbours.events(token, DeployerEvent.ServiceAdvanced.class).stream()
                .anyMatch(event -> event.state() == ServiceState.BUILDING));
        requests.discard(app, WEB, WORKER);
        await().untilAsserted(() -> assertThat(builder.discarded).contains(app + "/" + WORKER));
        assertThat(builder.discarded).doesNotContain(repository);
        builder.letOneEnd();
        assertThat(requests.answer(token).outcome()).isEqualTo(Outcome.SUCCEEDED);
        awaitNothingToDo();
        assertThat(builder.tidied).hasSize(1);
        assertThat(REGISTRY.tags(repository)).containsExactly("1");
        assertThat(host.imagesRemoved)
                .filteredOn(removed -> removed.repository().endsWith(repository))
                .singleElement()
                .satisfies(removed -> assertThat(removed.kept()).hasSize(1));
    }
}
