package io.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.App;
import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Burning;
import io.gantry.acceptance.driver.Engine;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.WithGantry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** More instances, fewer instances: by hand and by load. */
@WithGantry
class ScalingIT {
    private static final Duration BY_HAND = Duration.ofSeconds(100);
    private static final Duration LONGER_THAN_IDLE_ONES_STAY = Duration.ofSeconds(12);
    private static final Duration BY_LOAD = Duration.ofSeconds(120);

    @Test
    void by_hand_to_three_where_it_stays_and_back_to_the_eldest_one(Gantry gantry) {
        var app = gantry.app("three");
        app.run(Bundle.ofExample("hello-python"));
        var eldest = Engine.HERE.containersOf(app).getFirst().getId();

        app.scale(3).expect(202);
        awaitInstances(app, 3, BY_HAND);
        await("All three stay, idle as they are")
                .during(LONGER_THAN_IDLE_ONES_STAY)
                .failFast(
                        "One was taken away",
                        () -> Engine.HERE.runningContainersOf(app).size() != 3)
                .until(() -> true);

        app.scale(1).expect(202);
        awaitInstances(app, 1, BY_HAND);
        assertThat(Engine.HERE.containersOf(app))
                .singleElement()
                .satisfies(left -> assertThat(left.getId()).isEqualTo(eldest));
        assertThat(app.answer()).contains(app.name());
    }

    @Test
    void under_load_up_and_afterwards_down_again_and_it_says_why(Gantry gantry) {
        var app = gantry.app("busy");
        // A busy machine has so little to spare all the same.
        app.run(Bundle.ofExample("busy").replacing("config.json", "0.25", "0.1"));

        try (var _ = Burning.of(app)) {
            await("More instances under load")
                    .atMost(BY_LOAD)
                    .until(() -> Engine.HERE.runningContainersOf(app).size() > 1);
        }

        awaitInstances(app, 1, BY_LOAD);
        assertThat(app.decisions().toString()).contains("SCALE_UP", "SCALE_DOWN");
    }

    private static void awaitInstances(App app, int count, Duration atMost) {
        await("%d instances".formatted(count)).atMost(atMost).untilAsserted(() -> {
            assertThat(Engine.HERE.runningContainersOf(app)).hasSize(count);
            assertThat(Engine.HERE.containersOf(app)).hasSize(count);
            assertThat(app.instances()).hasSize(count);
        });
    }
}
