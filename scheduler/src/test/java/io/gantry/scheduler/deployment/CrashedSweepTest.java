package io.gantry.scheduler.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.bundle.Zips;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.scheduler.Answer;
import io.gantry.scheduler.Api;
import io.gantry.scheduler.PlayedDeployer;
import io.gantry.scheduler.SchedulerApplication;
import io.gantry.storage.InMemoryBlobStore;
import io.gantry.testkit.DeathBeforeCommit;
import io.gantry.testkit.OwnProcess;
import io.gantry.testkit.TestBroker;
import io.gantry.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What ends deployments at their deadline may die of it; then another does. */
class CrashedSweepTest {
    private static final TestDatabase DATABASE = TestDatabase.create();

    @AutoClose
    private final TestBroker broker = TestBroker.start();

    @TempDir
    Path folder;

    @Test
    void a_deployment_whose_sweeper_dies_before_its_commit_is_ended_once_by_the_next() throws Exception {
        String path = askedForAndLeft();
        assertThat(OwnProcess.run(DyingScheduler.class, arguments())).isEqualTo(DeathBeforeCommit.EXIT_CODE);
        try (ConfigurableApplicationContext next =
                scheduler(context -> context.registerBean(PlayedDeployer.class), arguments())) {
            Api api = api(next);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(api.get(path).at("/state")).isEqualTo("TIMED_OUT"));
            assertThat(api.get(path).at("/services/0/failure/code")).isEqualTo("NO_ANSWER");
            assertThat(api.get("/api/v1/deployments?stuck=true").json()).isEmpty();
            assertThat(revision(next)).isEqualTo(2);
            assertThat(cancelsHeard(next, new DeploymentToken(api.get(path).at("/token"))))
                    .isEqualTo(1);
        }
    }

    private String askedForAndLeft() {
        try (ConfigurableApplicationContext asked = scheduler(_ -> {}, arguments())) {
            api(asked)
                    .upload(
                            "shop",
                            "web",
                            Zips.at(folder)
                                    .file("config.json", "{\"port\": 1}")
                                    .file("app.py", "")
                                    .done());
            Answer answer = api(asked).post("/api/v1/apps/shop/deployments", "{\"mode\": \"RUN\"}");
            return answer.header("Location").orElseThrow();
        }
    }

    private static long cancelsHeard(ConfigurableApplicationContext scheduler, DeploymentToken token) {
        PlayedDeployer deployer = scheduler.getBean(PlayedDeployer.class);
        await().until(() -> isSent(scheduler));
        await().until(() -> deployer.heard(token).stream().anyMatch(DeployerCommand.Cancel.class::isInstance));
        return deployer.heard(token).stream()
                .filter(DeployerCommand.Cancel.class::isInstance)
                .count();
    }

    private static boolean isSent(ConfigurableApplicationContext scheduler) {
        return scheduler
                .getBean(JdbcClient.class)
                .sql("select not exists (select from outbox where sent_at is null)")
                .query(Boolean.class)
                .single();
    }

    private static int revision(ConfigurableApplicationContext scheduler) {
        return scheduler
                .getBean(JdbcClient.class)
                .sql("select revision from deployment")
                .query(Integer.class)
                .single();
    }

    private static Api api(ConfigurableApplicationContext scheduler) {
        return new Api(scheduler.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    private List<String> arguments() {
        return List.of(
                "--server.port=0",
                "--spring.datasource.url=" + DATABASE.url(),
                "--spring.datasource.username=" + DATABASE.user(),
                "--spring.datasource.password=" + DATABASE.password(),
                "--spring.kafka.bootstrap-servers=" + broker.address(),
                "--gantry.messaging.partitions=1",
                "--scheduler.upload.folder=" + folder,
                // Time enough for whoever was asked to be gone.
                "--scheduler.deployment.deadline=5s",
                "--scheduler.deployment.grace=5s",
                "--db-scheduler.heartbeat-interval=500ms");
    }

    private static ConfigurableApplicationContext scheduler(
            Consumer<GenericApplicationContext> parts, List<String> arguments) {
        return SchedulerApplication.builder()
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean(InMemoryBlobStore.class, InMemoryBlobStore::new);
                    parts.accept(beans);
                })
                .run(arguments.toArray(String[]::new));
    }

    static final class DyingScheduler {
        private DyingScheduler() {}

        public static void main(String[] args) {
            String ended = "select exists (select from deployment where state = 'TIMED_OUT')";
            scheduler(
                    context -> context.registerBean(
                            DeathBeforeCommit.class,
                            () -> new DeathBeforeCommit(context.getBean(JdbcClient.class), ended)),
                    List.of(args));
        }
    }
}
