package io.gantry.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.deployer.build.PretendedBuilder;
import io.gantry.deployer.rollout.PretendedHost;
import io.gantry.storage.BlobStore;
import io.gantry.testkit.TestBroker;
import io.gantry.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** What one deployer leaves undone, the next one does; with one database and one broker. */
class RestartTest {
    private static final AppName APP = new AppName("shop");
    private static final ServiceName WEB = new ServiceName("app-server");
    private static final DeploymentToken TOKEN = new DeploymentToken("restarted0000000");
    private static final InstanceId INSTANCE = InstanceId.of(APP, WEB, TOKEN, 0);

    private final BundleShelf shelf = new BundleShelf();
    private final TestDatabase database = TestDatabase.create();
    private final TestBroker broker = TestBroker.start();
    private final PretendedBuilder builder = new PretendedBuilder();
    private final PretendedHost host = new PretendedHost(Instant::now);

    @BeforeEach
    @AfterEach
    void reset() {
        host.reset();
        builder.reset();
    }

    @AfterEach
    void stopTheBroker() {
        broker.close();
    }

    /** The engine and its containers outlive every deployer. */
    private ConfigurableApplicationContext deployer() {
        return DeployerApplication.builder()
                .sources(Neighbours.class)
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean("shelf", BlobStore.class, () -> shelf.store, bean -> bean.setPrimary(true));
                    beans.registerBean(PretendedBuilder.class, () -> builder, bean -> bean.setPrimary(true));
                    beans.registerBean(PretendedHost.class, () -> host, bean -> bean.setPrimary(true));
                })
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.kafka.bootstrap-servers=" + broker.address(),
                        "--gantry.storage.connection-string=UseDevelopmentStorage=true",
                        "--gantry.messaging.partitions=1",
                        "--gantry.deployer.work.heartbeat=500ms");
    }

    private DeployerCommand command() {
        Release release = shelf.put(
                WEB,
                1,
                new Zip().with("app.py", "").with("config.json", "{\"port\": 8000, \"health\": {\"path\": \"/\"}}"));
        return new DeployerCommand.BuildAndRun(
                TOKEN, APP, List.of(release), Instant.now().plus(Duration.ofMinutes(10)));
    }

    private static DeployerEvent.Finished answer(Neighbours neighbours) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !neighbours.answers(TOKEN).isEmpty());
        return neighbours.answers(TOKEN).getFirst();
    }

    @Test
    void a_deployer_that_stops_within_a_build_leaves_it_to_the_next() {
        builder.takeTime();
        try (ConfigurableApplicationContext first = deployer()) {
            Neighbours neighbours = first.getBean(Neighbours.class);
            neighbours.announceNode(Neighbours.NODE);
            neighbours.command(command());
            await().until(() -> !neighbours.buildLogs.isEmpty());
        }
        builder.reset();
        try (ConfigurableApplicationContext second = deployer()) {
            assertThat(answer(second.getBean(Neighbours.class)).outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(host.started).containsExactly(INSTANCE);
        }
    }

    @Test
    void a_reply_that_comes_while_no_deployer_lives_finds_the_next() {
        try (ConfigurableApplicationContext first = deployer()) {
            Neighbours neighbours = first.getBean(Neighbours.class);
            neighbours.placing = false;
            neighbours.announceNode(Neighbours.NODE);
            neighbours.command(command());
            await().until(() -> neighbours.asked.stream().anyMatch(PlacementRequest.Place.class::isInstance));
            neighbours.place(neighbours.asked.getFirst());
        }
        try (ConfigurableApplicationContext second = deployer()) {
            assertThat(answer(second.getBean(Neighbours.class)).outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(host.started).containsExactly(INSTANCE);
        }
    }

    @Test
    void a_container_that_a_dead_deployer_has_started_is_adopted() {
        try (ConfigurableApplicationContext first = deployer()) {
            Neighbours neighbours = first.getBean(Neighbours.class);
            neighbours.announceNode(Neighbours.NODE);
            host.dieAfterStart = true;
            neighbours.command(command());
            await().until(() -> host.started.size() == 1);
        }
        host.dieAfterStart = false;
        try (ConfigurableApplicationContext second = deployer()) {
            assertThat(answer(second.getBean(Neighbours.class)).outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(host.started).containsExactly(INSTANCE);
            assertThat(host.running()).containsExactly(INSTANCE);
        }
    }
}
