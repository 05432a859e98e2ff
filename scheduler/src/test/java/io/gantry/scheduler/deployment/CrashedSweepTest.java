package io.gantry.scheduler.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.scheduler.Api;
import io.gantry.scheduler.PlayedDeployer;
import io.gantry.scheduler.Schedulers;
import io.gantry.testkit.DeathBeforeCommit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What ends deployments at their deadline may die of it; then another does. */
class CrashedSweepTest {
    @AutoClose
    private final Schedulers schedulers =
            new Schedulers("--gantry.messaging.partitions=1", "--db-scheduler.heartbeat-interval=500ms");

    @Test
    void a_deployment_whose_sweeper_dies_before_its_commit_is_ended_once_by_the_next() throws Exception {
        String path = askedForAndLeft();
        assertThat(schedulers.startDying("select exists (select from deployment where state = 'TIMED_OUT')"))
                .isEqualTo(DeathBeforeCommit.EXIT_CODE);
        try (ConfigurableApplicationContext next =
                schedulers.start(context -> context.registerBean(PlayedDeployer.class))) {
            Api api = Schedulers.api(next);
            await().untilAsserted(() -> assertThat(api.get(path).at("/state")).isEqualTo("TIMED_OUT"));
            assertThat(api.get(path).at("/services/0/failure/code")).isEqualTo("NO_ANSWER");
            assertThat(api.get("/api/v1/deployments?stuck=true").json()).isEmpty();
            assertThat(revision(next)).isEqualTo(2);
            assertThat(cancelsHeard(next, new DeploymentToken(api.get(path).at("/token"))))
                    .isEqualTo(1);
        }
    }

    /** Its deadline passes when whoever was asked is gone. */
    private String askedForAndLeft() {
        String path;
        try (ConfigurableApplicationContext asked = schedulers.start()) {
            schedulers.upload(asked, "shop", "web");
            path = Schedulers.api(asked)
                    .post("/api/v1/apps/shop/deployments", "{\"mode\": \"RUN\"}")
                    .header("Location")
                    .orElseThrow();
        }
        schedulers
                .database()
                .sql("update scheduler.deployment set deadline = now() - interval '1 hour'")
                .update();
        return path;
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
}
