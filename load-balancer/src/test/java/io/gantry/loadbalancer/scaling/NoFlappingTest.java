package io.gantry.loadbalancer.scaling;

import static io.gantry.loadbalancer.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.manifest.Scale;
import io.gantry.loadbalancer.scaling.Situation.Running;
import io.gantry.loadbalancer.scaling.Verdict.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service under a load that changes, played second by second; the deployer takes two seconds for an instance. */
class NoFlappingTest {
    private static final Scale SCALE = new Scale(1, 10, 70);
    private static final int HOUR = 3600;

    private final ScalePolicy policy = new ScalePolicy(ScalePolicyTest.SETTINGS);
    private final List<Direction> actions = new ArrayList<>();
    private ScaleState state = ScaleState.fresh(START);
    private int instances = 1;

    static IntStream seeds() {
        return IntStream.range(0, 10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void under_a_steady_load_it_goes_one_way_and_stays(int seed) {
        Random random = new Random(seed);
        instances = random.nextInt(1, 11);
        double cpus = random.nextDouble(0.05, 6.5);
        play(HOUR, second -> cpus);
        assertThat(actions.stream().distinct().count()).isLessThanOrEqualTo(1);
        assertThat(cpus / instances).isLessThanOrEqualTo(0.7);
        int before = actions.size();
        play(HOUR, second -> cpus);
        assertThat(actions).hasSize(before);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_load_that_trembles_around_the_aim_does_not_make_it_go_to_and_fro(int seed) {
        Random random = new Random(seed);
        instances = 3;
        play(HOUR, second -> 3 * 0.7 * random.nextDouble(0.97, 1.03));
        assertThat(actions).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void a_square_wave_makes_one_change_a_half_wave_at_the_most() {
        play(600, second -> second / 20 % 2 == 0 ? 0.2 : 1.0);
        assertThat(actions).hasSizeLessThanOrEqualTo(30);
    }

    @Test
    void it_follows_a_load_up_to_the_most_and_down_again() {
        play(HOUR, second -> 20);
        assertThat(instances).isEqualTo(10);
        play(HOUR, second -> 0);
        assertThat(instances).isOne();
    }

    private void play(int seconds, IntToDoubleFunction cpus) {
        Instant start = state.settledAt();
        Instant answerAt = Instant.MAX;
        for (int second = 0; second < seconds; second++) {
            Instant now = start.plusSeconds(second);
            double use = Math.min(1, cpus.applyAsDouble(second) / instances);
            if (!now.isBefore(answerAt)) {
                answer(now);
                answerAt = Instant.MAX;
            }
            Situation at = new Situation(now, SCALE, running(use));
            state = state.seen(at, ScalePolicyTest.SETTINGS);
            if (policy.judge(state, at) instanceof Change(var direction, var count, var reason)) {
                actions.add(direction);
                state = state.acting(List.of(new Action(token(0), direction, now, now.plusSeconds(600), false)));
                answerAt = now.plusSeconds(2);
            }
        }
    }

    private void answer(Instant now) {
        instances += state.inFlight().getFirst().direction() == Direction.UP ? 1 : -1;
        state = state.succeeded(token(0), now, ScalePolicyTest.SETTINGS);
    }

    private List<Running> running(double use) {
        return IntStream.rangeClosed(1, instances)
                .mapToObj(number -> new Running(token(number), use))
                .toList();
    }

    private static DeploymentToken token(int number) {
        return new DeploymentToken("d%015d".formatted(number));
    }
}
