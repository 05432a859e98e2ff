package io.gantry.loadbalancer.scaling;

import static io.gantry.loadbalancer.Fixtures.SHOP;
import static io.gantry.loadbalancer.Fixtures.SHOP_WEB;
import static io.gantry.loadbalancer.Fixtures.START;
import static io.gantry.loadbalancer.Fixtures.WEB;
import static io.gantry.loadbalancer.Fixtures.deployment;
import static io.gantry.loadbalancer.Fixtures.instance;
import static io.gantry.loadbalancer.Fixtures.node;
import static io.gantry.loadbalancer.Fixtures.place;
import static io.gantry.loadbalancer.Fixtures.registered;
import static io.gantry.loadbalancer.Fixtures.running;
import static io.gantry.loadbalancer.Fixtures.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.placement.PlacementReply;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.registry.Usage;
import io.gantry.loadbalancer.LoadBalancerTest;
import io.gantry.loadbalancer.Neighbours;
import io.gantry.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

@LoadBalancerTest
class ScalingFlowTest {
    private static final NodeId A = new NodeId("a");

    @Autowired
    Neighbours neighbours;

    @Autowired
    ScalingSweep sweep;

    @Autowired
    Scaling scaling;

    @Autowired
    SettableClock clock;

    @Autowired
    RestTestClient rest;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void startOver() {
        clock.set(START);
        neighbours.startOver();
    }

    @Test
    void a_scale_by_hand_asks_for_all_that_is_missing_at_once_and_only_once() {
        haveRunning(1);
        askFor("{\"replicas\": 3}")
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.app")
                .isEqualTo("shop")
                .jsonPath("$.service")
                .isEqualTo("web")
                .jsonPath("$.replicas")
                .isEqualTo(3)
                .jsonPath("$.current")
                .isEqualTo(1)
                .jsonPath("$.until")
                .isEqualTo("2026-01-01T01:00:00Z")
                .jsonPath("$.actions.length()")
                .isEqualTo(2);
        askFor("{\"replicas\": 3}").expectStatus().isAccepted();
        assertThat(awaitCommands(2)).hasOnlyElementsOfType(DeployerCommand.ScaleUp.class);
    }

    @Test
    void a_scale_by_hand_goes_up_and_back_down() {
        haveRunning(1);
        askFor("{\"replicas\": 2}");
        DeployerCommand up = awaitCommands(1).getFirst();
        neighbours.say(registered(up.token(), A, InstanceState.RUNNING));
        succeed(up, Mode.SCALE_UP);
        awaitStatus(status -> assertThat(status)
                .extracting(ScaleStatus::current, ScaleStatus::actions)
                .containsExactly(2, List.of()));
        clock.advance(Duration.ofSeconds(10));
        askFor("{\"replicas\": 1}");
        DeployerCommand down = awaitCommands(2).getLast();
        assertThat(down).isInstanceOf(DeployerCommand.ScaleDown.class);
        neighbours.sayGone(InstanceId.of(SHOP, WEB, up.token(), 0));
        succeed(down, Mode.SCALE_DOWN);
        awaitStatus(status -> assertThat(status)
                .extracting(ScaleStatus::current, ScaleStatus::replicas, ScaleStatus::actions)
                .containsExactly(1, 1, List.of()));
        assertThat(neighbours.commands()).hasSize(2);
    }

    @Test
    void what_fails_is_asked_for_again_after_a_pause_and_says_why() {
        haveRunning(1);
        askFor("{\"replicas\": 2}");
        finish(awaitCommands(1).getFirst(), Mode.SCALE_UP, Outcome.FAILED, "The health check never answered.");
        awaitStatus(status -> assertThat(status.problem())
                .isEqualTo(new Setback(1, START.plusSeconds(5), "The health check never answered.")));
        sweep.sweep();
        assertThat(neighbours.commands()).hasSize(1);
        clock.advance(Duration.ofSeconds(6));
        sweep.sweep();
        awaitCommands(2);
    }

    @Test
    void a_scale_by_hand_ends_and_the_manifest_counts_again() {
        haveRunning(6);
        askFor("{\"replicas\": 6, \"for\": \"30m\"}")
                .expectBody()
                .jsonPath("$.until")
                .isEqualTo("2026-01-01T00:30:00Z");
        clock.advance(Duration.ofMinutes(29));
        sweep.sweep();
        assertThat(neighbours.commands()).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        sweep.sweep();
        assertThat(awaitCommands(1)).hasOnlyElementsOfType(DeployerCommand.ScaleDown.class);
        awaitStatus(status -> assertThat(status.until()).isNull());
    }

    @Test
    void a_smaller_wish_takes_back_what_has_not_come_yet() {
        haveRunning(1);
        askFor("{\"replicas\": 3}");
        awaitCommands(2);
        askFor("{\"replicas\": 1}");
        assertThat(awaitCommands(4).subList(2, 4)).hasOnlyElementsOfType(DeployerCommand.Cancel.class);
    }

    @Test
    void a_lasting_load_asks_for_one_more_and_a_lasting_calm_for_one_fewer() {
        haveRunning(1);
        use(15, Map.of(instance(1), 0.45));
        DeployerCommand up = awaitCommands(1).getFirst();
        assertThat(up).isInstanceOf(DeployerCommand.ScaleUp.class);
        use(30, Map.of(instance(1), 0.45));
        assertThat(neighbours.commands()).hasSize(1);

        InstanceId second = InstanceId.of(SHOP, WEB, up.token(), 0);
        neighbours.say(registered(up.token(), A, InstanceState.RUNNING));
        succeed(up, Mode.SCALE_UP);
        awaitStatus(status -> assertThat(status)
                .extracting(ScaleStatus::current, ScaleStatus::actions)
                .containsExactly(2, List.of()));
        use(60, Map.of(instance(1), 0.05, second, 0.05));
        assertThat(neighbours.commands()).hasSize(1);
        use(5, Map.of(instance(1), 0.05, second, 0.05));
        assertThat(awaitCommands(2).getLast()).isInstanceOf(DeployerCommand.ScaleDown.class);
        assertThat(reasons())
                .satisfiesExactly(
                        fewer -> assertThat(fewer).startsWith("one fewer has been enough since"),
                        more -> assertThat(more)
                                .isEqualTo(
                                        "the load has been above 70% since 2026-01-01T00:00:05Z and is 90%, 1 instance runs"));
    }

    @Test
    void the_load_changes_nothing_while_a_scale_by_hand_holds() {
        haveRunning(1);
        askFor("{\"replicas\": 1}");
        use(30, Map.of(instance(1), 0.5));
        assertThat(neighbours.commands()).isEmpty();
    }

    @Test
    void the_load_changes_nothing_while_the_service_is_being_deployed() {
        haveRunning(1);
        neighbours.say(advanced(ServiceState.BUILDING));
        awaitStatus(status -> assertThat(status.reason()).isEqualTo("a deployment of the service is in progress"));
        use(20, Map.of(instance(1), 0.5));
        assertThat(neighbours.commands()).isEmpty();
        neighbours.say(advanced(ServiceState.FAILED));
        awaitStatus(status -> assertThat(status.reason()).doesNotContain("deployment"));
        use(20, Map.of(instance(1), 0.5));
        awaitCommands(1);
    }

    @Test
    void an_answer_that_comes_after_it_was_given_up_changes_nothing() {
        haveRunning(1);
        askFor("{\"replicas\": 2, \"for\": \"9h\"}");
        DeployerCommand lost = awaitCommands(1).getFirst();
        clock.advance(Duration.ofMinutes(12));
        sweep.sweep();
        clock.advance(Duration.ofSeconds(6));
        sweep.sweep();
        DeployerCommand second = awaitCommands(2).getLast();
        finish(lost, Mode.SCALE_UP, Outcome.FAILED, "too late");
        succeed(second, Mode.SCALE_UP);
        awaitStatus(status -> assertThat(status.actions()).isEmpty());
        awaitStatus(status -> assertThat(status.problem()).isNull());
    }

    @Test
    void answers_and_usage_told_three_times_count_once() {
        haveRunning(1);
        askFor("{\"replicas\": 2}");
        DeployerCommand up = awaitCommands(1).getFirst();
        for (int times = 0; times < 3; times++) {
            finish(up, Mode.SCALE_UP, Outcome.FAILED, "no room");
            neighbours.say(running(1, A));
        }
        awaitStatus(status -> assertThat(status.problem()).isNotNull());
        neighbours.say(advanced(ServiceState.BUILDING));
        awaitStatus(status -> assertThat(status.reason()).contains("deployment"));
        awaitStatus(status -> assertThat(status.problem().failures()).isOne());
    }

    @Test
    void what_has_died_to_the_last_instance_is_not_scaled_back_to_life() {
        haveRunning(1);
        neighbours.say(registered(1, A, InstanceState.DEAD));
        await().until(() -> scaling.status(SHOP_WEB).isEmpty());
        clock.advance(Duration.ofMinutes(1));
        sweep.sweep();
        assertThat(neighbours.commands()).isEmpty();
    }

    @Test
    void what_has_a_place_and_was_not_heard_to_run_yet_is_waited_for() {
        neighbours.have(node("a", 1, 1024));
        neighbours.say(place(1));
        neighbours.awaitReply(token(1), PlacementReply.Placed.class);
        CompletableFuture<RestTestClient.ResponseSpec> answer =
                CompletableFuture.supplyAsync(() -> askFor("{\"replicas\": 2}"));
        await().during(Duration.ofMillis(300)).until(() -> !answer.isDone());
        neighbours.say(running(1, A));
        answer.join().expectStatus().isAccepted();
        awaitCommands(1);
    }

    @Test
    void what_does_not_run_can_not_be_scaled() {
        askFor("{\"replicas\": 2}")
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("SERVICE_NOT_RUNNING")
                .jsonPath("$.detail")
                .isEqualTo("No instance of shop/web runs: deploy it first (mode RUN or BUILD_AND_RUN), then scale it.");
        rest.get()
                .uri("/api/v1/apps/shop/services/web/scale")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"replicas\": 0}",
                "{\"replicas\": -1}",
                "{\"replicas\": 101}",
                "{\"replicas\": 2.5}",
                "{\"replicas\": \"three\"}",
                "{\"replicas\": 99999999999}",
                "{\"replicas\": null}",
                "{\"replicas\": [3]}",
                "{}"
            })
    void a_number_of_replicas_that_makes_no_sense_is_refused(String body) {
        haveRunning(1);
        askFor(body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("INVALID_SCALE")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/replicas");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "3", "{\"replicas\": 3", "{\"replicas\": 3, \"for\": \"soon\"}"})
    void a_body_that_is_no_wish_is_refused(String body) {
        haveRunning(1);
        askFor(body).expectStatus().isBadRequest();
    }

    private void haveRunning(int count) {
        IntStream.rangeClosed(1, count).forEach(number -> {
            neighbours.say(place(number));
            neighbours.say(running(number, A));
        });
        awaitStatus(status -> {
            assertThat(status.current()).isEqualTo(count);
            assertThat(status.scale()).isNotNull();
        });
    }

    private RestTestClient.ResponseSpec askFor(String body) {
        return rest.post()
                .uri("/api/v1/apps/shop/services/web/scale")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    /** Each uses so many CPUs of the half that it may use; told every five seconds. */
    private void use(int seconds, Map<InstanceId, Double> cpus) {
        List<Usage.OfInstance> instances = cpus.entrySet().stream()
                .map(use -> new Usage.OfInstance(use.getKey(), SHOP, WEB, use.getValue(), 0))
                .toList();
        for (int second = 0; second < seconds; second += 5) {
            clock.advance(Duration.ofSeconds(5));
            neighbours.say(new Usage(A, clock.instant(), 0, 0, instances));
            await().pollInterval(Duration.ofMillis(5)).until(() -> lastUsage().equals(clock.instant()));
        }
    }

    private Instant lastUsage() {
        return jdbc.sql("select coalesce(max(seen_at), 'epoch') from scaled_instance")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private List<DeployerCommand> awaitCommands(int count) {
        await().until(() -> neighbours.commands().size() >= count);
        assertThat(neighbours.commands()).hasSize(count);
        return List.copyOf(neighbours.commands());
    }

    private void awaitStatus(Consumer<ScaleStatus> assertion) {
        await().untilAsserted(() -> assertThat(scaling.status(SHOP_WEB)).hasValueSatisfying(assertion));
    }

    private List<String> reasons() {
        return jdbc.sql("select reason from decision where kind = 'SCALING' order by id desc")
                .query(String.class)
                .list();
    }

    private void succeed(DeployerCommand command, Mode mode) {
        finish(command, mode, Outcome.SUCCEEDED, null);
    }

    private void finish(DeployerCommand command, Mode mode, Outcome outcome, @Nullable String problem) {
        Failure failure = problem == null ? null : Failure.of(FailureKind.REQUEST, "SOMETHING", problem);
        ServiceState end = problem == null ? ServiceState.RUNNING : ServiceState.FAILED;
        neighbours.say(new DeployerEvent.Finished(
                command.token(),
                SHOP,
                mode,
                outcome,
                List.of(new ServiceReport(WEB, 1, end, null, List.of(), failure)),
                clock.instant()));
    }

    private DeployerEvent advanced(ServiceState state) {
        DeploymentToken token = deployment(99);
        return new DeployerEvent.ServiceAdvanced(token, SHOP, WEB, 2, state, null, 1, "deployer", clock.instant());
    }
}
