package io.gantry.scheduler.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
    private static final DeploymentToken TOKEN = new DeploymentToken("0123456789abcdef");
    private static final AppName APP = new AppName("shop");
    private static final ServiceName WEB = new ServiceName("web");
    private static final ServiceName API = new ServiceName("api");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Progress accepted =
            Progress.accepted(List.of(ServiceProgress.queued(WEB, 3), ServiceProgress.queued(API, 1)));

    @Test
    void waiting_in_the_queue_is_not_running_yet() {
        Progress queued = accepted.on(advanced(WEB, ServiceState.QUEUED, "Waits for a place among the builds.", 1));
        assertThat(queued.state()).isEqualTo(DeploymentState.ACCEPTED);
        assertThat(queued.steps())
                .containsExactly(step(WEB, ServiceState.QUEUED, at(1), null, "Waits for a place among the builds."));
    }

    @Test
    void a_step_ends_where_the_next_of_its_service_begins() {
        Progress pushing = accepted.on(advanced(WEB, ServiceState.BUILDING, null, 1))
                .on(advanced(API, ServiceState.BUILDING, null, 2))
                .on(advanced(WEB, ServiceState.PUSHING, null, 3));
        assertThat(pushing.state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(pushing.steps())
                .containsExactly(
                        step(WEB, ServiceState.BUILDING, at(1), at(3), null),
                        step(API, ServiceState.BUILDING, at(2), null, null),
                        step(WEB, ServiceState.PUSHING, at(3), null, null));
        assertThat(pushing.services())
                .extracting(ServiceProgress::state)
                .containsExactly(ServiceState.PUSHING, ServiceState.BUILDING);
    }

    @Test
    void saying_more_about_a_step_is_no_new_step() {
        Progress placing = accepted.on(advanced(WEB, ServiceState.PLACING, null, 1))
                .on(advanced(WEB, ServiceState.PLACING, "No node has 4 cores.", 2));
        assertThat(placing.steps())
                .containsExactly(step(WEB, ServiceState.PLACING, at(1), null, "No node has 4 cores."));
    }

    @Test
    void a_step_tells_how_often_it_was_begun_and_by_whom() {
        Progress again = accepted.on(tried(WEB, ServiceState.BUILDING, null, 1, "a", 1))
                .on(tried(WEB, ServiceState.BUILDING, "tried again, because the engine is away", null, null, 2))
                .on(tried(WEB, ServiceState.BUILDING, null, 2, "a", 3))
                .on(tried(WEB, ServiceState.BUILDING, null, 3, "b", 4));
        assertThat(again.steps())
                .containsExactly(new Step(
                        WEB,
                        ServiceState.BUILDING,
                        at(1),
                        null,
                        "tried again, because the engine is away",
                        3,
                        List.of("a", "b")));
    }

    @Test
    void a_final_state_of_a_service_is_no_step() {
        Progress running = accepted.on(advanced(WEB, ServiceState.REGISTERING, null, 1))
                .on(advanced(WEB, ServiceState.RUNNING, null, 2));
        assertThat(running.steps()).containsExactly(step(WEB, ServiceState.REGISTERING, at(1), at(2), null));
        assertThat(running.state()).isEqualTo(DeploymentState.RUNNING);
    }

    @Test
    void images_and_instances_are_kept_as_they_come() {
        InstanceAddress instance = instance(20000);
        Progress started = accepted.on(
                        new DeployerEvent.ImageBuilt(TOKEN, APP, WEB, 3, "r/shop/web@sha256:1", false, at(1)))
                .on(new DeployerEvent.InstanceStarted(TOKEN, APP, WEB, instance, at(2)))
                .on(new DeployerEvent.InstanceStarted(TOKEN, APP, WEB, instance, at(3)));
        assertThat(started.services().getFirst().image()).isEqualTo("r/shop/web@sha256:1");
        assertThat(started.services().getFirst().instances()).containsExactly(instance);
    }

    @ParameterizedTest
    @CsvSource({"SUCCEEDED, SUCCEEDED", "FAILED, FAILED", "CANCELLED, CANCELLED", "TIMED_OUT, TIMED_OUT"})
    void the_deployers_answer_is_the_end(Outcome outcome, DeploymentState state) {
        Failure failure = Failure.of(FailureKind.REQUEST, "CRASHED", "It ended with exit code 3.");
        Progress ended = accepted.on(advanced(WEB, ServiceState.VERIFYING, null, 1))
                .on(finished(outcome, new ServiceReport(WEB, 3, ServiceState.FAILED, null, List.of(), failure), 2));
        assertThat(ended.state()).isEqualTo(state);
        assertThat(ended.finishedAt()).isEqualTo(at(2));
        assertThat(ended.services().getFirst().failure()).isEqualTo(failure);
        assertThat(ended.steps()).allMatch(step -> step.endedAt() != null);
    }

    @Test
    void after_the_end_nothing_changes() {
        Progress ended = accepted.on(
                finished(Outcome.SUCCEEDED, new ServiceReport(WEB, 3, ServiceState.RUNNING, null, List.of(), null), 1));
        assertThat(ended.on(advanced(WEB, ServiceState.BUILDING, null, 2))).isEqualTo(ended);
        assertThat(ended.unanswered(at(3))).isEqualTo(ended);
    }

    @Test
    void a_service_nobody_named_is_added_when_it_is_told_of() {
        Progress told = Progress.accepted(List.of()).on(advanced(WEB, ServiceState.STOPPING, null, 1));
        assertThat(told.services()).extracting(ServiceProgress::name).containsExactly(WEB);
    }

    @Test
    void without_an_answer_what_is_open_is_timed_out_and_what_had_ended_stays() {
        Progress silent = accepted.on(advanced(WEB, ServiceState.RUNNING, null, 1))
                .on(advanced(API, ServiceState.PLACING, null, 1))
                .unanswered(at(9));
        assertThat(silent.state()).isEqualTo(DeploymentState.TIMED_OUT);
        assertThat(silent.finishedAt()).isEqualTo(at(9));
        assertThat(silent.services())
                .extracting(ServiceProgress::state)
                .containsExactly(ServiceState.RUNNING, ServiceState.TIMED_OUT);
        assertThat(silent.services().getLast().failure())
                .isNotNull()
                .extracting(Failure::code)
                .isEqualTo("NO_ANSWER");
    }

    private static DeployerEvent advanced(
            ServiceName service, ServiceState state, @Nullable String detail, int second) {
        return tried(service, state, detail, 1, "a", second);
    }

    private static DeployerEvent tried(
            ServiceName service,
            ServiceState state,
            @Nullable String detail,
            @Nullable Integer tries,
            @Nullable String by,
            int second) {
        return new DeployerEvent.ServiceAdvanced(TOKEN, APP, service, null, state, detail, tries, by, at(second));
    }

    /** By one deployer, at the first try. */
    private static Step step(
            ServiceName service, ServiceState state, Instant start, @Nullable Instant end, @Nullable String detail) {
        return new Step(service, state, start, end, detail, 1, List.of("a"));
    }

    private static DeployerEvent finished(Outcome outcome, ServiceReport report, int second) {
        return new DeployerEvent.Finished(TOKEN, APP, Mode.RUN, outcome, List.of(report), at(second));
    }

    private static InstanceAddress instance(int port) {
        return new InstanceAddress(InstanceId.of(APP, WEB, TOKEN, 0), new NodeId("local"), "127.0.0.1", port);
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
