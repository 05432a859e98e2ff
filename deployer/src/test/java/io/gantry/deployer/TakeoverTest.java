package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.app.Zip;
import io.gantry.deployer.neighbour.PretendedLoadBalancer;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.neighbour.Told;
import io.gantry.deployer.work.DeployerName;
import io.gantry.testkit.DeathBeforeCommit;
import io.gantry.testkit.OwnProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What one deployer leaves undone, the next one does. */
class TakeoverTest {
    private static final AppName APP = new AppName("shop");
    private static final DeploymentToken TOKEN = new DeploymentToken("restarted0000000");
    private static final InstanceId INSTANCE = InstanceId.of(APP, WEB, TOKEN, 0);

    @AutoClose
    private final Deployers deployers = new Deployers();

    private void ask(ApplicationContext deployer) {
        Deployers.announceNode(deployer);
        Zip zip = new Zip().with("app.py", "").with("config.json", "{\"port\": 8000, \"health\": {\"path\": \"/\"}}");
        Release release = deployers.shelf.put(WEB, 1, zip);
        Instant deadline = Instant.now().plus(Duration.ofMinutes(10));
        deployer.getBean(Requests.class)
                .command(new DeployerCommand.BuildAndRun(TOKEN, APP, List.of(release), deadline));
    }

    private static Outcome outcome(ApplicationContext deployer) {
        return deployer.getBean(Requests.class).answer(TOKEN).outcome();
    }

    @Test
    void a_deployer_that_stops_within_a_build_leaves_it_to_the_next() {
        deployers.builder.takeTime();
        try (ConfigurableApplicationContext first = deployers.start()) {
            ask(first);
            Told told = first.getBean(Told.class);
            await().until(() -> !told.buildLog(TOKEN).isEmpty());
        }
        deployers.builder.reset();
        try (ConfigurableApplicationContext second = deployers.start()) {
            assertThat(outcome(second)).isEqualTo(Outcome.SUCCEEDED);
            assertThat(deployers.host.started).containsExactly(INSTANCE);
            DeployerEvent.ServiceAdvanced build = lastOf(ServiceState.BUILDING, second);
            assertThat(build.tries()).isEqualTo(2);
            assertThat(build.by()).isEqualTo(second.getBean(DeployerName.class).value());
        }
    }

    private static DeployerEvent.ServiceAdvanced lastOf(ServiceState step, ApplicationContext deployer) {
        return deployer.getBean(Told.class).advances(TOKEN).stream()
                .filter(advanced -> advanced.state() == step)
                .toList()
                .getLast();
    }

    @Test
    void a_reply_that_comes_while_no_deployer_lives_finds_the_next() {
        try (ConfigurableApplicationContext first = deployers.start()) {
            PretendedLoadBalancer loadBalancer = first.getBean(PretendedLoadBalancer.class);
            loadBalancer.placing = false;
            ask(first);
            loadBalancer.place(loadBalancer.awaitPlace(TOKEN));
        }
        try (ConfigurableApplicationContext second = deployers.start()) {
            assertThat(outcome(second)).isEqualTo(Outcome.SUCCEEDED);
            assertThat(deployers.host.started).containsExactly(INSTANCE);
        }
    }

    @Test
    void a_leg_whose_alarm_kills_the_deployer_before_its_commit_is_ended_once_by_the_next() throws Exception {
        try (ConfigurableApplicationContext first = deployers.start()) {
            PretendedLoadBalancer loadBalancer = first.getBean(PretendedLoadBalancer.class);
            loadBalancer.placing = false;
            ask(first);
            loadBalancer.awaitPlace(TOKEN);
        }
        assertThat(OwnProcess.run(DyingDeployer.class, deployers.arguments())).isEqualTo(DeathBeforeCommit.EXIT_CODE);
        deployers.clock.putForward(DyingDeployer.LATER);
        try (ConfigurableApplicationContext second = deployers.start()) {
            assertThat(outcome(second)).isEqualTo(Outcome.TIMED_OUT);
            assertThat(answersSent(second)).isEqualTo(1);
        }
    }

    private static int answersSent(ApplicationContext deployer) {
        return deployer.getBean(JdbcClient.class)
                .sql("select count(*) from outbox where convert_from(payload, 'UTF8') like '%\"finished\"%'")
                .query(Integer.class)
                .single();
    }

    @Test
    void a_container_that_a_dead_deployer_has_started_is_adopted() {
        try (ConfigurableApplicationContext first = deployers.start()) {
            deployers.host.dieAfterStart = true;
            ask(first);
            await().until(() -> deployers.host.started.size() == 1);
        }
        deployers.host.dieAfterStart = false;
        try (ConfigurableApplicationContext second = deployers.start()) {
            assertThat(outcome(second)).isEqualTo(Outcome.SUCCEEDED);
            assertThat(deployers.host.started).containsExactly(INSTANCE);
            assertThat(deployers.host.running()).containsExactly(INSTANCE);
        }
    }
}
