package io.gantry.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.crash.Choices.Act;
import io.gantry.acceptance.crash.Choices.Disturbance;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoicesTest {
    @Test
    void the_same_seed_makes_the_same_choices() {
        assertThat(acts(7)).isEqualTo(acts(7));
        assertThat(disturbances(7)).isEqualTo(disturbances(7));
    }

    @Test
    void another_seed_makes_others() {
        assertThat(acts(7)).isNotEqualTo(acts(8));
        assertThat(disturbances(7)).isNotEqualTo(disturbances(8));
    }

    @Test
    void what_does_not_run_is_neither_stopped_nor_scaled() {
        Choices choices = Choices.ofApp(1, 1);

        assertThat(IntStream.range(0, 200).mapToObj(_ -> choices.act(false)))
                .noneMatch(act -> act instanceof Act.Stop || act instanceof Act.Scale);
    }

    private static List<Act> acts(long seed) {
        Choices choices = Choices.ofApp(seed, 1);
        return IntStream.range(0, 50)
                .mapToObj(step -> choices.act(step % 2 == 0))
                .toList();
    }

    private static List<Disturbance> disturbances(long seed) {
        Choices choices = Choices.ofDisturbances(seed);
        return IntStream.range(0, 50)
                .mapToObj(_ -> choices.disturbance(List.of("deployer", "scheduler"), List.of("kafka")))
                .toList();
    }
}
