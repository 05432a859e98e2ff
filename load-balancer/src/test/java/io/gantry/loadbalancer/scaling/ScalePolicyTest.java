package io.gantry.loadbalancer.scaling;

import static io.gantry.loadbalancer.Fixtures.START;
import static io.gantry.loadbalancer.scaling.Direction.DOWN;
import static io.gantry.loadbalancer.scaling.Direction.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.manifest.Scale;
import io.gantry.loadbalancer.scaling.Situation.Running;
import io.gantry.loadbalancer.scaling.Verdict.Change;
import io.gantry.loadbalancer.scaling.Verdict.Hold;
import io.gantry.loadbalancer.scaling.Verdict.TakeBack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table of what is decided. Aim 70 %, 1 to 4 instances; up after 10 s, down after 60 s. */
class ScalePolicyTest {
    static final ScaleSettings SETTINGS = new ScaleSettings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            0.9,
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            100,
            Duration.ofSeconds(5),
            Duration.ofSeconds(2));

    private final ScalePolicy policy = new ScalePolicy(SETTINGS);
    private @Nullable Scale scale = new Scale(1, 4, 70);
    private Instant now = START;
    private List<Running> running = new ArrayList<>();
    private ScaleState state = ScaleState.fresh(START);

    // By itself

    @Test
    void a_load_above_the_aim_for_long_enough_asks_for_one_more() {
        run(0.8, 0.9);
        assertThat(wait(9)).isInstanceOf(Hold.class);
        assertThat(wait(1))
                .isEqualTo(new Change(
                        UP, 1, "the load has been above 70% since 2026-01-01T00:00:00Z and is 85%, 2 instances run"));
    }

    @Test
    void a_dip_in_the_load_begins_the_wait_anew() {
        run(0.9);
        wait(8);
        run(0.5);
        wait(1);
        run(0.9);
        assertThat(wait(9)).isInstanceOf(Hold.class);
        assertThat(wait(2)).isInstanceOf(Change.class);
    }

    @Test
    void a_silence_begins_the_wait_anew() {
        run(0.9);
        look();
        assertThat(pass(16)).isInstanceOf(Hold.class);
        assertThat(wait(10)).isInstanceOf(Change.class);
    }

    @Test
    void when_one_fewer_has_been_enough_for_long_enough_there_is_one_fewer() {
        run(0.3, 0.3);
        assertThat(wait(59)).isInstanceOf(Hold.class);
        assertThat(wait(1))
                .isEqualTo(
                        new Change(
                                DOWN,
                                1,
                                "one fewer has been enough since 2026-01-01T00:00:00Z: the load would be 60%, aimed at are 70%, 2 instances run"));
    }

    @Test
    void one_fewer_is_not_enough_if_it_would_be_close_to_the_aim() {
        run(0.32, 0.32);
        assertThat(wait(300)).isInstanceOf(Hold.class);
    }

    @Test
    void it_never_goes_above_the_most_or_below_the_least() {
        run(1.0, 1.0, 1.0, 1.0);
        assertThat(wait(600)).isInstanceOf(Hold.class);
        scale = new Scale(2, 4, 70);
        run(0.0, 0.0);
        assertThat(wait(600)).isInstanceOf(Hold.class);
    }

    @Test
    void where_fewer_run_than_the_least_one_is_added() {
        scale = new Scale(3, 4, 70);
        run(0.1, 0.1);
        assertThat(wait(4)).isInstanceOf(Hold.class);
        assertThat(wait(1)).isEqualTo(new Change(UP, 1, "2 instances run, at least 3 are to"));
    }

    @Test
    void where_more_run_than_the_most_one_is_removed() {
        run(0.9, 0.9, 0.9, 0.9, 0.9);
        assertThat(wait(5)).isEqualTo(new Change(DOWN, 1, "5 instances run, at most 4 are to"));
    }

    @Test
    void what_was_stopped_stays_stopped() {
        scale = new Scale(2, 4, 70);
        run();
        assertThat(wait(600)).isEqualTo(new Hold("nothing runs: what was stopped stays stopped"));
    }

    @Test
    void without_a_word_on_how_to_scale_nothing_happens() {
        scale = null;
        run(1.0);
        assertThat(wait(600)).isInstanceOf(Hold.class);
    }

    @Test
    void instances_of_which_nothing_is_known_are_idle_where_more_are_in_question() {
        run(1.0, null);
        assertThat(wait(60)).isInstanceOf(Hold.class);
    }

    @Test
    void instances_of_which_nothing_is_known_are_busy_where_fewer_are_in_question() {
        run(0.1, null);
        assertThat(wait(600)).isInstanceOf(Hold.class);
    }

    @Test
    void one_action_at_a_time() {
        run(1.0);
        state = state.acting(List.of(action(1, UP)));
        assertThat(wait(120)).isEqualTo(new Hold("the number of instances is about to change"));
    }

    @Test
    void after_a_change_it_cools_down() {
        run(1.0);
        state = state.acting(List.of(action(1, UP))).succeeded(token(1), now, SETTINGS);
        run(1.0, 1.0);
        assertThat(wait(19)).isEqualTo(new Hold("it was scaled at 2026-01-01T00:00:00Z and cools down"));
        assertThat(wait(1)).isInstanceOf(Change.class);
    }

    @Test
    void a_deployment_in_progress_is_not_interfered_with() {
        run(1.0);
        state = state.deploymentBegun(token(9));
        assertThat(wait(60)).isEqualTo(new Hold("a deployment of the service is in progress"));
        state = state.deploymentEnded(token(9), now, SETTINGS);
        assertThat(wait(10)).isInstanceOf(Change.class);
    }

    @Test
    void a_failure_is_followed_by_pauses_each_twice_the_one_before_up_to_the_longest() {
        List<Duration> pauses = new ArrayList<>();
        for (int failure = 1; failure <= 9; failure++) {
            state = state.acting(List.of(action(failure, UP))).failed(token(failure), "no room", now, SETTINGS);
            pauses.add(Duration.between(now, state.setback().retryAt()));
        }
        assertThat(pauses)
                .extracting(Duration::toSeconds)
                .containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    }

    @Test
    void nothing_is_tried_during_a_pause_and_the_reason_is_told() {
        run(1.0);
        wait(60);
        state = state.acting(List.of(action(1, UP))).failed(token(1), "no room", now, SETTINGS);
        assertThat(wait(4))
                .isEqualTo(new Hold("the last attempt failed: no room; the next is at 2026-01-01T00:01:05Z"));
        assertThat(wait(1)).isInstanceOf(Change.class);
    }

    @Test
    void an_action_that_is_never_answered_is_given_up() {
        run(0.5);
        state = state.acting(List.of(action(1, UP)));
        wait(660);
        assertThat(state.inFlight()).hasSize(1);
        wait(1);
        assertThat(state.inFlight()).isEmpty();
        assertThat(state.setback().problem()).isEqualTo("the deployer did not answer in time");
    }

    // By hand

    @Test
    void by_hand_all_that_is_missing_is_asked_for_at_once() {
        run(0.1);
        askFor(10);
        assertThat(look())
                .isEqualTo(new Change(UP, 9, "scaled to 10 by hand until 2026-01-01T01:00:00Z, 1 instance runs"));
    }

    @Test
    void by_hand_all_that_is_too_many_is_removed_at_once() {
        run(0.1, 0.1, 0.1);
        askFor(1);
        assertThat(look())
                .isInstanceOfSatisfying(
                        Change.class,
                        change -> assertThat(change)
                                .extracting(Change::direction, Change::instances)
                                .containsExactly(DOWN, 2));
    }

    @Test
    void the_same_wish_again_asks_for_nothing_more() {
        run(0.1);
        askFor(3);
        state = state.acting(List.of(action(1, UP), action(2, UP)));
        askFor(3);
        assertThat(look()).isInstanceOf(Hold.class);
    }

    @Test
    void a_larger_wish_asks_for_the_difference() {
        run(0.1);
        askFor(3);
        state = state.acting(List.of(action(1, UP), action(2, UP)));
        askFor(4);
        assertThat(look())
                .isInstanceOfSatisfying(
                        Change.class, change -> assertThat(change.instances()).isOne());
    }

    @Test
    void a_smaller_wish_takes_back_what_has_not_come_yet() {
        run(0.1);
        askFor(4);
        state = state.acting(List.of(action(1, UP), action(2, UP), action(3, UP)));
        askFor(2);
        assertThat(look())
                .isInstanceOfSatisfying(
                        TakeBack.class,
                        takeBack -> assertThat(takeBack.actions()).containsExactly(action(2, UP), action(3, UP)));
    }

    @Test
    void what_was_taken_back_is_waited_for_before_any_is_removed() {
        run(0.1, 0.1);
        askFor(1);
        state = state.acting(List.of(action(1, UP))).takingBack(List.of(action(1, UP)));
        assertThat(look()).isInstanceOf(Hold.class);
        state = state.cancelled(token(1), now, SETTINGS);
        assertThat(wait(5)).isInstanceOf(Change.class);
    }

    @Test
    void an_instance_that_runs_before_its_request_is_answered_is_counted_once() {
        run(0.1);
        askFor(2);
        state = state.acting(List.of(action(1, UP)));
        running.add(new Running(token(1), 0.1));
        assertThat(wait(10)).isInstanceOf(Hold.class);
    }

    @Test
    void an_instance_that_is_gone_before_its_removal_is_answered_is_not_replaced() {
        run(0.1, 0.1, 0.1);
        askFor(2);
        state = state.acting(List.of(action(1, DOWN)));
        run(0.1, 0.1);
        assertThat(wait(10)).isInstanceOf(Hold.class);
    }

    @Test
    void an_answer_that_comes_before_the_news_of_the_instance_is_not_taken_for_a_lack() {
        run(0.1);
        askFor(2);
        state = state.acting(List.of(action(1, UP))).succeeded(token(1), now, SETTINGS);
        assertThat(wait(4)).isInstanceOf(Hold.class);
        run(0.1, 0.1);
        assertThat(wait(60)).isInstanceOf(Hold.class);
    }

    @Test
    void what_fails_is_asked_for_again() {
        run(0.1);
        askFor(2);
        state = state.acting(List.of(action(1, UP))).failed(token(1), "no room", now, SETTINGS);
        assertThat(wait(4)).isInstanceOf(Hold.class);
        assertThat(wait(1)).isInstanceOf(Change.class);
    }

    @Test
    void a_new_wish_does_not_wait_for_the_pause_after_a_failure() {
        run(0.1);
        askFor(2);
        state = state.acting(List.of(action(1, UP))).failed(token(1), "no room", now, SETTINGS);
        askFor(2);
        assertThat(look()).isInstanceOf(Change.class);
    }

    @Test
    void by_hand_goes_before_the_load_and_beyond_the_bounds_until_it_ends() {
        run(1.0, 1.0, 1.0, 1.0, 1.0, 1.0);
        askFor(6);
        assertThat(wait(3599)).isInstanceOf(Hold.class);
        assertThat(wait(1)).isEqualTo(new Change(DOWN, 1, "6 instances run, at most 4 are to"));
    }

    @Test
    void a_stop_ends_what_was_asked_for_by_hand() {
        run(0.1);
        askFor(3);
        run();
        look();
        run(0.1);
        assertThat(wait(600)).isInstanceOf(Hold.class);
        assertThat(state.manual()).isNull();
    }

    private void run(@Nullable Double... uses) {
        running = new ArrayList<>(IntStream.range(0, uses.length)
                .mapToObj(number -> new Running(token(100 + number), uses[number]))
                .toList());
    }

    private void askFor(int replicas) {
        look();
        state = state.askedFor(new Manual(replicas, now.plus(SETTINGS.manualFor())), now);
    }

    /** Looks every second. */
    private Verdict wait(int seconds) {
        Verdict verdict = look();
        for (int second = 0; second < seconds; second++) {
            verdict = pass(1);
        }
        return verdict;
    }

    private Verdict pass(int seconds) {
        now = now.plusSeconds(seconds);
        return look();
    }

    private Verdict look() {
        Situation at = new Situation(now, scale, List.copyOf(running));
        state = state.seen(at, SETTINGS);
        return policy.judge(state, at);
    }

    private static Action action(int number, Direction direction) {
        return new Action(token(number), direction, START, START.plus(SETTINGS.deadline()), false);
    }

    private static DeploymentToken token(int number) {
        return new DeploymentToken("d%015d".formatted(number));
    }
}
