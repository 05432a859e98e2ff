package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.deployer.app.Zip;
import io.gantry.deployer.neighbour.PretendedLoadBalancer;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.work.DeployerName;
import io.gantry.testkit.TestCollector;
import io.gantry.testkit.TestCollector.Recorded;
import io.gantry.tracing.Activity;
import io.gantry.tracing.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a request leads to is one trace, whoever does it. */
class TracingTest {
    private static final AppName APP = new AppName("shop");
    private static final DeploymentToken TOKEN = new DeploymentToken("traced0000000000");
    private static final InstanceId INSTANCE = InstanceId.of(APP, WEB, TOKEN, 0);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    @AutoClose
    private final Deployers deployers = new Deployers();

    @AutoClose
    private final TestCollector collector = TestCollector.start();

    @Test
    void a_request_is_one_trace_also_when_another_deployer_goes_on_with_it() {
        String second = builtByOneAndRunByAnother();

        List<Recorded> spans = collector.trace(TRACE);

        assertThat(spans)
                .extracting(Recorded::name)
                .contains(
                        "send deployer.commands",
                        "process deployer.commands",
                        "build",
                        "fetch",
                        "push",
                        "send load-balancer.placement-requests",
                        "place",
                        "start",
                        "verify",
                        "send node-manager.registry-commands",
                        "register",
                        "send deployer.events");
        assertThat(spans).extracting(Recorded::service).containsOnly("deployer");
        assertThat(named("fetch").parent()).isEqualTo(named("build").id());
        assertThat(named("start").attributes())
                .containsEntry("app", "shop")
                .containsEntry("service", WEB.value())
                .containsEntry("deployment", TOKEN.value())
                .containsEntry("instance", INSTANCE.value())
                .containsEntry("try", "1")
                .containsEntry("deployer", second);
        assertThat(named("build").attributes().get("deployer")).isNotEqualTo(second);
        assertThat(named("place").attributes()).containsEntry("instance", INSTANCE.value());
    }

    @Test
    void the_alarm_that_ends_a_leg_belongs_to_its_trace() {
        try (ConfigurableApplicationContext deployer = traced("--gantry.deployer.limits.place=1s")) {
            deployer.getBean(PretendedLoadBalancer.class).placing = false;
            ask(deployer);
            assertThat(deployer.getBean(Requests.class).failure(TOKEN).code()).isEqualTo("PLACEMENT_UNANSWERED");
            assertThat(tracesOfEvents(deployer)).containsExactly(TRACE);
        }

        assertThat(collector.trace(TRACE)).extracting(Recorded::name).contains("place");
    }

    private static List<String> tracesOfEvents(ApplicationContext deployer) {
        return deployer.getBean(JdbcClient.class)
                .sql("select distinct split_part(trace_parent, '-', 2) from outbox where topic = 'deployer.events'")
                .query(String.class)
                .list();
    }

    /** @return the name of the second deployer */
    private String builtByOneAndRunByAnother() {
        PlacementRequest.Place asked;
        try (ConfigurableApplicationContext first = traced()) {
            PretendedLoadBalancer loadBalancer = first.getBean(PretendedLoadBalancer.class);
            loadBalancer.placing = false;
            ask(first);
            asked = loadBalancer.awaitPlace(TOKEN);
        }
        try (ConfigurableApplicationContext second = traced()) {
            second.getBean(PretendedLoadBalancer.class).place(asked);
            assertThat(second.getBean(Requests.class).answer(TOKEN).outcome()).isEqualTo(Outcome.SUCCEEDED);
            return second.getBean(DeployerName.class).value();
        }
    }

    private ConfigurableApplicationContext traced(String... settings) {
        Stream<String> endpoint = Stream.of("--gantry.tracing.endpoint=" + collector.endpoint());
        return deployers.start(Stream.concat(endpoint, Stream.of(settings)).toArray(String[]::new));
    }

    private void ask(ApplicationContext deployer) {
        Deployers.announceNode(deployer);
        Zip zip = new Zip().with("app.py", "").with("config.json", "{\"port\": 8000, \"health\": {\"path\": \"/\"}}");
        Release release = deployers.shelf.put(WEB, 1, zip);
        Instant deadline = Instant.now().plus(Duration.ofMinutes(10));
        try (Activity _ = deployer.getBean(Traces.class).request("POST", PARENT)) {
            deployer.getBean(Requests.class)
                    .command(new DeployerCommand.BuildAndRun(TOKEN, APP, List.of(release), deadline));
        }
    }

    private Recorded named(String name) {
        return collector.trace(TRACE).stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
