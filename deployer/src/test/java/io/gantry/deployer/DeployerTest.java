package io.gantry.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.AccessToken;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.BuildLog;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.placement.PlacementReply;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.contract.placement.Veto;
import io.gantry.contract.registry.RegistryEvent;
import io.gantry.contract.topic.Topics;
import io.gantry.deployer.build.PretendedBuilder;
import io.gantry.deployer.rollout.PretendedHost;
import io.gantry.deployer.rollout.PretendedHost.Behaviour;
import io.gantry.storage.BlobStore;
import io.gantry.testkit.EmbeddedPlatform;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The deployer in whole, with real messages and a real database; only builds and containers are pretended. */
@SpringBootTest(
        classes = DeployerApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=deployer", "gantry.deployer.rollout.worker-stays-up=100ms"})
@Import({Neighbours.class, Requests.class, PretendedHost.class, PretendedBuilder.class, ShiftedClock.class})
@EmbeddedPlatform
@AutoConfigureRestTestClient
class DeployerTest {
    private static final BundleShelf SHELF = new BundleShelf();
    private static final ServiceName WEB = new ServiceName("app-server");
    private static final ServiceName WORKER = new ServiceName("worker-api");

    @TestBean
    BlobStore blobStore;

    static BlobStore blobStore() {
        return SHELF.store;
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
    ShiftedClock clock;

    @Autowired
    RestTestClient http;

    @Autowired
    JdbcClient jdbc;

    private AppName app;

    @BeforeEach
    void everyTestHasItsOwnApp(TestInfo test) {
        app = new AppName("app-" + Integer.toHexString(test.getDisplayName().hashCode()));
        neighbours.placing = true;
        neighbours.placingAgain = false;
        neighbours.registering = true;
        neighbours.asked.clear();
        neighbours.announceNode(Neighbours.NODE);
        builder.reset();
        host.reset();
    }

    @AfterEach
    void nothingIsLeftUnderWay() {
        builder.reset();
    }

    private static Zip zip(String config) {
        return new Zip().with("app.py", "print()").with("config.json", config);
    }

    private Release release(ServiceName service, int version, String more) {
        String config =
                "{\"port\": 8000, \"x-of\": \"%s\", \"health\": {\"path\": \"/\", \"interval\": \"50ms\", \"gracePeriod\": \"500ms\"}%s}";
        return SHELF.put(service, version, zip(config.formatted(app + "/" + service + "/" + version, more)));
    }

    private Release web(int version) {
        return release(WEB, version, "");
    }

    private Release worker() {
        return release(WORKER, 1, "");
    }

    private ServiceReport runs(int version) {
        ServiceReport report = requests.report(requests.buildAndRun(app, web(version)));
        assertThat(report.state()).as("%s", report).isEqualTo(ServiceState.RUNNING);
        return report;
    }

    private void awaitState(DeploymentToken token, ServiceState state) {
        await().until(() -> neighbours.events(token, DeployerEvent.ServiceAdvanced.class).stream()
                .anyMatch(event -> event.state() == state));
    }

    private static Failure failure(ServiceReport report) {
        return Objects.requireNonNull(report.failure(), () -> "No failure in " + report);
    }

    // The way of a deployment

    @Test
    void a_service_is_built_run_registered_and_answered_for() {
        DeploymentToken token = requests.buildAndRun(app, web(1));
        DeployerEvent.Finished answer = requests.answer(token);
        assertThat(answer.outcome()).isEqualTo(Outcome.SUCCEEDED);
        ServiceReport report = answer.services().getFirst();
        InstanceId instance = InstanceId.of(app, WEB, token, 0);
        assertThat(report.state()).isEqualTo(ServiceState.RUNNING);
        assertThat(report.image()).startsWith("registry/" + app + "/app-server@sha256:");
        assertThat(report.instances()).singleElement().satisfies(at -> {
            assertThat(at.id()).isEqualTo(instance);
            assertThat(at.node()).isEqualTo(Neighbours.NODE);
            assertThat(at.address()).isEqualTo("127.0.0.1");
        });
        assertThat(neighbours.registered).containsKey(instance.value());
        assertThat(host.running()).containsExactly(instance);
    }

    @Test
    void every_state_on_the_way_is_told_in_order() {
        DeploymentToken token = requests.buildAndRun(app, web(1));
        requests.answer(token);
        assertThat(neighbours.events(token, DeployerEvent.ServiceAdvanced.class))
                .extracting(DeployerEvent.ServiceAdvanced::state)
                .containsExactly(
                        ServiceState.QUEUED,
                        ServiceState.BUILDING,
                        ServiceState.PUSHING,
                        ServiceState.PLACING,
                        ServiceState.STARTING,
                        ServiceState.VERIFYING,
                        ServiceState.REGISTERING,
                        ServiceState.RUNNING);
    }

    @Test
    void an_instance_knows_who_it_is() {
        DeploymentToken token =
                requests.buildAndRun(app, release(WEB, 4, ", \"env\": {\"PORT\": \"1\", \"MODE\": \"a=b\"}"));
        requests.answer(token);
        InstanceId instance = InstanceId.of(app, WEB, token, 0);
        assertThat(host.environmentOf(instance))
                .containsEntry("PORT", "8000")
                .containsEntry("MODE", "a=b")
                .containsEntry("GANTRY_APP", app.value())
                .containsEntry("GANTRY_SERVICE", "app-server")
                .containsEntry("GANTRY_VERSION", "4")
                .containsEntry("GANTRY_INSTANCE", instance.value());
    }

    @Test
    void what_was_built_from_the_same_bundle_is_not_built_again() {
        requests.answer(requests.build(app, web(1)));
        DeploymentToken again = requests.build(app, web(1));
        assertThat(requests.report(again).state()).isEqualTo(ServiceState.BUILT);
        assertThat(builder.built).hasSize(1);
        assertThat(neighbours.events(again, DeployerEvent.ImageBuilt.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reused()).isTrue());
    }

    @Test
    void the_build_engine_is_tidied_after_the_push() {
        requests.answer(requests.build(app, web(1)));
        await().untilAsserted(() -> assertThat(builder.tidied).hasSize(1));
    }

    @Test
    void what_was_not_built_is_not_run() {
        ServiceReport report = requests.report(requests.run(app, web(9)));
        assertThat(failure(report).code()).isEqualTo("IMAGE_NOT_BUILT");
    }

    @Test
    void a_failed_build_tells_its_last_lines() {
        builder.failure = "The command npm ci returned 1";
        ServiceReport report = requests.report(requests.build(app, web(1)));
        assertThat(failure(report).code()).isEqualTo("BUILD_FAILED");
        assertThat(failure(report).log()).contains("npm error code E404");
    }

    @Test
    void a_bundle_that_is_not_there_is_a_failure_not_a_hang() {
        Release release = web(1);
        SHELF.store.delete(release.bundle().key());
        ServiceReport report = requests.report(requests.build(app, release));
        assertThat(failure(report).code()).isEqualTo("BUNDLE_MISSING");
    }

    @Test
    void the_build_log_is_told_in_order() {
        DeploymentToken token = requests.build(app, web(1));
        requests.answer(token);
        await().untilAsserted(() -> assertThat(neighbours.buildLogs.stream()
                        .filter(log -> log.token().equals(token))
                        .map(BuildLog::lines)
                        .flatMap(List::stream))
                .containsExactly("Step 1/2 : FROM base", "Step 2/2 : COPY . ./"));
    }

    @Test
    void as_many_instances_run_as_the_service_asks_for() {
        ServiceReport report = requests.report(requests.buildAndRun(app, release(WEB, 1, ", \"scale\": {\"min\": 3}")));
        assertThat(report.instances()).hasSize(3);
        assertThat(host.running()).hasSize(3);
    }

    @Test
    void services_of_a_request_go_their_own_ways() {
        Release web = web(1);
        Release worker = release(WORKER, 1, ", \"x-worker\": 1");
        requests.answer(requests.build(app, web));
        DeploymentToken token = requests.run(app, web, worker);
        DeployerEvent.Finished answer = requests.answer(token);
        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.services())
                .extracting(ServiceReport::service, ServiceReport::state)
                .containsExactlyInAnyOrder(tuple(WEB, ServiceState.RUNNING), tuple(WORKER, ServiceState.FAILED));
    }

    @Test
    void a_worker_is_up_when_it_stays_up() {
        Release worker = SHELF.put(WORKER, 1, zip("{\"kind\": \"worker\", \"x-of\": \"%s\"}".formatted(app)));
        ServiceReport report = requests.report(requests.buildAndRun(app, worker));
        assertThat(report.state()).isEqualTo(ServiceState.RUNNING);
        assertThat(report.instances().getFirst().port()).isNull();
    }

    @Test
    void a_job_has_succeeded_when_it_has_ended_well() {
        host.behaviour = Behaviour.ENDS_WITH_0;
        ServiceReport report = requests.report(requests.buildAndRun(app, job()));
        assertThat(report.state()).isEqualTo(ServiceState.RUNNING);
        assertThat(report.instances()).isEmpty();
        assertThat(neighbours.asked).hasAtLeastOneElementOfType(PlacementRequest.Release.class);
    }

    @Test
    void a_job_that_ends_badly_has_failed() {
        host.behaviour = Behaviour.ENDS_WITH_1;
        ServiceReport report = requests.report(requests.buildAndRun(app, job()));
        assertThat(failure(report).exitCode()).isEqualTo(1);
        assertThat(host.running()).isEmpty();
        assertThat(neighbours.registeredOf(app)).isEmpty();
    }

    private Release job() {
        return SHELF.put(WORKER, 1, zip("{\"kind\": \"job\", \"x-of\": \"%s\"}".formatted(app)));
    }

    // Failures leave nothing behind

    @Test
    void a_crash_at_start_is_reported_and_leaves_nothing() {
        host.behaviour = Behaviour.ENDS_WITH_1;
        DeploymentToken token = requests.buildAndRun(app, web(1));
        ServiceReport report = requests.report(token);
        assertThat(failure(report).code()).isEqualTo("CONTAINER_ENDED");
        assertThat(failure(report).exitCode()).isEqualTo(1);
        assertThat(failure(report).log()).isNotEmpty();
        assertThat(report.instances()).isEmpty();
        assertThat(host.running()).isEmpty();
        await().untilAsserted(
                        () -> assertThat(neighbours.asked).hasAtLeastOneElementOfType(PlacementRequest.Release.class));
    }

    @Test
    void running_out_of_memory_is_named() {
        host.behaviour = Behaviour.RUNS_OUT_OF_MEMORY;
        ServiceReport report = requests.report(requests.buildAndRun(app, web(1)));
        assertThat(failure(report).code()).isEqualTo("OUT_OF_MEMORY");
        assertThat(failure(report).oomKilled()).isTrue();
        assertThat(failure(report).exitCode()).isEqualTo(137);
    }

    @Test
    void a_health_check_that_never_answers_well_is_reported_with_its_last_answer() {
        host.behaviour = Behaviour.NEVER_HEALTHY;
        ServiceReport report = requests.report(requests.buildAndRun(app, web(1)));
        assertThat(failure(report).code()).isEqualTo("HEALTH_CHECK_FAILED");
        assertThat(failure(report).lastProbe()).isEqualTo("HTTP 503");
        assertThat(host.running()).isEmpty();
    }

    @Test
    void what_ran_before_goes_on_when_the_new_version_fails() {
        ServiceReport before = runs(1);
        host.behaviour = Behaviour.ENDS_WITH_1;
        ServiceReport report = requests.report(requests.buildAndRun(app, web(2)));
        assertThat(report.state()).isEqualTo(ServiceState.FAILED);
        assertThat(report.instances()).isEqualTo(before.instances());
        assertThat(host.running()).containsExactly(before.instances().getFirst().id());
    }

    @Test
    void a_node_that_fails_is_avoided() {
        NodeId other = new NodeId("other");
        neighbours.announceNode(other);
        host.unfit.add(Neighbours.NODE);
        DeploymentToken token = requests.buildAndRun(app, web(1));
        await().until(() -> places(token).size() == 2);
        PlacementRequest.Place second = places(token).getLast();
        assertThat(second.avoid()).containsExactly(Neighbours.NODE);
        assertThat(neighbours.asked)
                .anySatisfy(asked -> assertThat(asked)
                        .isEqualTo(new PlacementRequest.Release(
                                places(token).getFirst().accessToken(), token, app, second.instance())));
        reply(new PlacementReply.Placed(second.accessToken(), token, second.instance(), other));
        assertThat(requests.report(token).instances())
                .singleElement()
                .satisfies(at -> assertThat(at.node()).isEqualTo(other));
    }

    @Test
    void where_there_is_no_other_node_the_same_is_tried_again_and_the_request_ends_soon() {
        host.unfit.add(Neighbours.NODE);
        neighbours.placingAgain = true;
        DeploymentToken token = requests.buildAndRun(app, web(1));
        Failure failure = failure(requests.report(token));
        assertThat(failure.code()).isEqualTo("START_FAILED");
        assertThat(failure.message())
                .endsWith("local: its disk is full; local: its disk is full; local: its disk is full");
        assertThat(places(token)).hasSize(3);
        assertThat(host.running()).isEmpty();
    }

    @Test
    void an_instance_may_come_up_on_the_node_that_failed_it_before() {
        host.unfit.add(Neighbours.NODE);
        DeploymentToken token = requests.buildAndRun(app, web(1));
        await().until(() -> places(token).size() == 2);
        host.unfit.clear();
        neighbours.place(places(token).getLast());
        assertThat(requests.report(token).state()).isEqualTo(ServiceState.RUNNING);
        assertThat(host.running()).containsExactly(InstanceId.of(app, WEB, token, 0));
    }

    private List<PlacementRequest.Place> places(DeploymentToken token) {
        return neighbours.asked.stream()
                .filter(asked -> asked.deployment().equals(token))
                .filter(PlacementRequest.Place.class::isInstance)
                .map(PlacementRequest.Place.class::cast)
                .toList();
    }

    private void reply(PlacementReply reply) {
        neighbours.say(Topics.PLACEMENT_REPLIES, reply.deployment().value(), reply);
    }

    // Messages late, twice, or from strangers

    @Test
    void a_command_that_comes_twice_is_carried_out_once() {
        requests.answer(requests.build(app, web(1)));
        var command = new DeployerCommand.Run(requests.token(), app, List.of(web(1)), requests.soon());
        IntStream.range(0, 3).forEach(_ -> neighbours.command(command));
        requests.answer(command.token());
        requests.answer(requests.stop(app, WEB));
        assertThat(neighbours.answers(command.token())).hasSize(1);
        assertThat(host.started).hasSize(1);
    }

    @Test
    void only_the_reply_that_is_waited_for_counts() {
        neighbours.placing = false;
        DeploymentToken token = requests.buildAndRun(app, web(1));
        await().until(() -> places(token).size() == 1);
        PlacementRequest.Place asked = places(token).getFirst();
        reply(new PlacementReply.Placed(new AccessToken("forged0000000000"), token, asked.instance(), Neighbours.NODE));
        reply(new PlacementReply.Placed(
                asked.accessToken(), new DeploymentToken("unknown000000000"), asked.instance(), Neighbours.NODE));
        reply(new PlacementReply.Waiting(
                asked.accessToken(),
                token,
                asked.instance(),
                "256Mi are missing",
                List.of(new Veto(Neighbours.NODE, "capacity", "no memory"))));
        await().until(() -> neighbours.events(token, DeployerEvent.ServiceAdvanced.class).stream()
                .anyMatch(event -> Objects.equals(event.detail(), "waits for room: 256Mi are missing")));
        assertThat(host.started).isEmpty();
        reply(new PlacementReply.Placed(asked.accessToken(), token, asked.instance(), Neighbours.NODE));
        reply(new PlacementReply.Placed(asked.accessToken(), token, asked.instance(), Neighbours.NODE));
        assertThat(requests.report(token).state()).isEqualTo(ServiceState.RUNNING);
        assertThat(host.started).hasSize(1);
    }

    @Test
    void no_room_in_time_is_a_lack_of_capacity_with_reasons() {
        neighbours.placing = false;
        DeploymentToken token = requests.buildAndRun(app, web(1));
        await().until(() -> places(token).size() == 1);
        PlacementRequest.Place asked = places(token).getFirst();
        reply(new PlacementReply.Waiting(
                asked.accessToken(),
                token,
                asked.instance(),
                "256Mi are missing",
                List.of(new Veto(Neighbours.NODE, "capacity", "no memory"))));
        await().until(() -> neighbours.events(token, DeployerEvent.ServiceAdvanced.class).stream()
                .anyMatch(event -> event.detail() != null && event.detail().startsWith("waits for room")));
        clock.putForward(Duration.ofMinutes(6));
        Failure failure = failure(requests.report(token));
        assertThat(failure.code()).isEqualTo("NO_CAPACITY");
        assertThat(failure.message()).contains("256Mi are missing");
        assertThat(failure.log()).containsExactly("local: no memory (capacity)");
    }

    @Test
    void a_request_ends_at_its_deadline_whatever_it_waits_for() {
        neighbours.registering = false;
        DeploymentToken token = requests.buildAndRun(app, web(1));
        awaitState(token, ServiceState.REGISTERING);
        clock.putForward(Duration.ofMinutes(11));
        DeployerEvent.Finished answer = requests.answer(token);
        assertThat(answer.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(answer.services().getFirst().state()).isEqualTo(ServiceState.TIMED_OUT);
        assertThat(host.running()).isEmpty();
    }

    // One after another

    @Test
    void a_new_version_takes_the_place_of_the_old_one_once_it_serves() {
        InstanceId before = runs(1).instances().getFirst().id();
        ServiceReport after = runs(2);
        assertThat(after.version()).isEqualTo(2);
        assertThat(host.running()).containsExactly(after.instances().getFirst().id());
        assertThat(host.removed).containsExactly(before);
        assertThat(neighbours.registered).doesNotContainKey(before.value());
    }

    @Test
    void a_request_waits_for_an_earlier_one_for_the_same_service() {
        requests.answer(requests.build(app, web(1), release(WORKER, 1, ", \"x-worker\": 1")));
        neighbours.placing = false;
        DeploymentToken first = requests.run(app, web(1));
        await().until(() -> places(first).size() == 1);
        DeploymentToken second = requests.run(app, web(1));
        DeploymentToken other = requests.run(app, release(WORKER, 1, ", \"x-worker\": 1"));
        await().until(() -> places(other).size() == 1);
        assertThat(places(second)).isEmpty();
        assertThat(neighbours.events(second, DeployerEvent.ServiceAdvanced.class))
                .extracting(DeployerEvent.ServiceAdvanced::state)
                .containsExactly(ServiceState.QUEUED);
        neighbours.placing = true;
        places(first)
                .forEach(place -> reply(
                        new PlacementReply.Placed(place.accessToken(), first, place.instance(), Neighbours.NODE)));
        assertThat(requests.report(second).state()).isEqualTo(ServiceState.RUNNING);
        assertThat(neighbours.answers(first)).hasSize(1);
        requests.cancel(app, other);
        assertThat(requests.answer(other).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void a_stop_removes_every_instance() {
        requests.answer(requests.buildAndRun(app, release(WEB, 1, ", \"scale\": {\"min\": 2}")));
        DeployerEvent.Finished answer = requests.answer(requests.stop(app, WEB));
        assertThat(answer.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(answer.services().getFirst().state()).isEqualTo(ServiceState.STOPPED);
        assertThat(host.running()).isEmpty();
        assertThat(neighbours.registeredOf(app)).isEmpty();
    }

    @Test
    void a_stop_of_what_does_not_run_succeeds() {
        assertThat(requests.report(requests.stop(app, WEB)).state()).isEqualTo(ServiceState.STOPPED);
    }

    @Test
    void a_stop_cancels_what_is_under_way() {
        neighbours.placing = false;
        DeploymentToken running = requests.buildAndRun(app, web(1));
        await().until(() -> places(running).size() == 1);
        DeploymentToken waiting = requests.buildAndRun(app, web(1));
        DeploymentToken stop = requests.stop(app, WEB);
        assertThat(requests.report(stop).state()).isEqualTo(ServiceState.STOPPED);
        assertThat(requests.answer(running).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(requests.answer(waiting).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(host.running()).isEmpty();
    }

    @Test
    void scaling_adds_and_removes_one_instance_the_youngest() {
        InstanceId first = runs(1).instances().getFirst().id();
        ServiceReport up = requests.report(requests.scaleUp(app, WEB));
        assertThat(up.instances()).hasSize(2);
        ServiceReport down = requests.report(requests.scaleDown(app, WEB));
        assertThat(down.instances()).extracting(at -> at.id()).containsExactly(first);
        assertThat(host.running()).containsExactly(first);
        assertThat(failure(requests.report(requests.scaleDown(app, WEB))).code())
                .isEqualTo("LAST_INSTANCE");
    }

    @Test
    void instances_are_added_side_by_side_and_whatever_else_comes_waits_for_them() {
        runs(1);
        neighbours.placing = false;
        List<DeploymentToken> ups = List.of(requests.scaleUp(app, WEB), requests.scaleUp(app, WEB));
        DeploymentToken restart = requests.restart(app, WEB);
        DeploymentToken late = requests.scaleUp(app, WEB);
        await().untilAsserted(() -> assertThat(ups).allMatch(up -> places(up).size() == 1));
        assertThat(places(restart)).isEmpty();
        neighbours.placing = true;
        ups.forEach(up -> places(up)
                .forEach(place ->
                        reply(new PlacementReply.Placed(place.accessToken(), up, place.instance(), Neighbours.NODE))));
        assertThat(requests.report(restart).instances()).hasSize(3);
        assertThat(requests.report(late).instances()).hasSize(4);
    }

    @Test
    void a_restart_replaces_every_instance() {
        runs(1);
        requests.answer(requests.scaleUp(app, WEB));
        Set<InstanceId> before = host.running();
        ServiceReport report = requests.report(requests.restart(app, WEB));
        assertThat(report.version()).isEqualTo(1);
        assertThat(host.running()).hasSize(2).doesNotContainAnyElementsOf(before);
    }

    @Test
    void an_instance_that_died_is_cleared_away_by_the_next_that_is_added() {
        InstanceId dead = runs(1).instances().getFirst().id();
        neighbours.say(
                Topics.REGISTRY_EVENTS,
                dead.value(),
                new RegistryEvent.InstanceDied(dead, app, WEB, Neighbours.NODE, 1, false, clock.instant()));
        await().until(() -> jdbc.sql("select died_at is not null from instance where id = ?")
                .param(dead.value())
                .query(Boolean.class)
                .single());
        ServiceReport up = requests.report(requests.scaleUp(app, WEB));
        assertThat(up.instances())
                .singleElement()
                .satisfies(at -> assertThat(at.id()).isNotEqualTo(dead));
        assertThat(host.removed).containsExactly(dead);
    }

    // Cancel and queue

    @Test
    void a_cancel_stops_a_running_build() {
        builder.takeTime();
        DeploymentToken token = requests.build(app, web(1));
        awaitState(token, ServiceState.BUILDING);
        requests.cancel(app, token);
        assertThat(requests.answer(token).outcome()).isEqualTo(Outcome.CANCELLED);
        await().untilAsserted(() -> assertThat(builder.stopped).hasSize(1));
    }

    @Test
    void only_so_many_builds_run_at_once_and_the_rest_wait_visibly() {
        builder.takeTime();
        List<DeploymentToken> tokens = IntStream.rangeClosed(1, 3)
                .mapToObj(number -> requests.build(app, release(new ServiceName("service-" + number), 1, "")))
                .toList();
        await().until(() -> tokens.stream().filter(this::builds).count() == 2);
        DeploymentToken waiting =
                tokens.stream().filter(token -> !builds(token)).findFirst().orElseThrow();
        await().untilAsserted(() -> assertThat(neighbours.events(waiting, DeployerEvent.ServiceAdvanced.class))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).isEqualTo("waits for a place among the builds")));
        builder.letOneEnd();
        await().until(() -> builds(waiting));
        IntStream.range(0, 2).forEach(_ -> builder.letOneEnd());
        tokens.forEach(token -> assertThat(requests.answer(token).outcome()).isEqualTo(Outcome.SUCCEEDED));
    }

    private boolean builds(DeploymentToken token) {
        return neighbours.events(token, DeployerEvent.ServiceAdvanced.class).stream()
                .anyMatch(event -> event.state() == ServiceState.BUILDING);
    }

    // A node out of reach

    @Test
    void an_instance_that_can_not_be_removed_is_removed_when_its_node_is_back() {
        InstanceId instance = runs(1).instances().getFirst().id();
        host.unreachable = true;
        Failure failure = failure(requests.report(requests.stop(app, WEB)));
        assertThat(failure.code()).isEqualTo("NOT_REMOVED");
        assertThat(failure.message()).contains(instance.value());
        host.unreachable = false;
        neighbours.announceNodeGone(Neighbours.NODE);
        neighbours.announceNode(Neighbours.NODE);
        await().untilAsserted(() -> assertThat(host.running()).isEmpty());
    }

    // REST

    @Test
    void the_dockerfile_of_a_version_can_be_downloaded() {
        requests.answer(requests.build(app, web(1)));
        http.get()
                .uri("/api/v1/apps/{app}/services/{service}/versions/1/dockerfile", app, WEB)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(text -> assertThat(text).startsWith("FROM gantry/python:1\n"));
        http.get()
                .uri("/api/v1/apps/{app}/services/{service}/versions/2/dockerfile", app, WEB)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NO_SUCH_IMAGE");
    }

    @Test
    void what_is_under_way_can_be_looked_at() {
        neighbours.placing = false;
        DeploymentToken token = requests.buildAndRun(app, web(1));
        awaitState(token, ServiceState.PLACING);
        http.get()
                .uri("/api/v1/requests")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$[?(@.token == '%s')].mode".formatted(token))
                .isEqualTo(Mode.BUILD_AND_RUN.name())
                .jsonPath("$[?(@.token == '%s')].services[0].state".formatted(token))
                .isEqualTo("PLACING");
        requests.cancel(app, token);
        requests.answer(token);
        http.get()
                .uri("/api/v1/requests?state=CANCELLED")
                .exchange()
                .expectBody()
                .jsonPath("$[?(@.token == '%s')].app".formatted(token))
                .isEqualTo(app.value());
        http.get().uri("/api/v1/requests?state=NONE").exchange().expectStatus().isBadRequest();
    }
}
