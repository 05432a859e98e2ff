package io.gantry.scheduler.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.bundle.Zips;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.scheduler.Answer;
import io.gantry.scheduler.Api;
import io.gantry.scheduler.PlayedDeployer;
import io.gantry.scheduler.SchedulerTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@SchedulerTest
@TestPropertySource(properties = {"scheduler.deployment.deadline=100ms", "scheduler.deployment.grace=100ms"})
class SilentDeployerTest {
    @Autowired
    Api api;

    @Autowired
    PlayedDeployer deployer;

    @TempDir
    Path folder;

    @Test
    void a_deployment_that_is_never_answered_ends_all_the_same() {
        api.upload(
                "shop",
                "web",
                Zips.at(folder)
                        .file("config.json", "{\"port\": 1}")
                        .file("app.py", "")
                        .done());
        Answer asked = api.post("/api/v1/apps/shop/deployments", "{\"mode\": \"RUN\"}");
        String path = asked.header("Location").orElseThrow();
        await().untilAsserted(() -> assertThat(api.get(path).at("/state")).isEqualTo("TIMED_OUT"));
        assertThat(api.get(path).at("/services/0/failure/code")).isEqualTo("NO_ANSWER");
        DeploymentToken token = new DeploymentToken(asked.at("/token"));
        await().untilAsserted(() ->
                assertThat(deployer.heard(token)).hasSize(2).last().isInstanceOf(DeployerCommand.Cancel.class));
    }
}
