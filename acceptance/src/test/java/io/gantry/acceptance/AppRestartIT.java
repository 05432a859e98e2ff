package io.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Container;
import io.gantry.acceptance.driver.App;
import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Engine;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.Rest;
import io.gantry.acceptance.driver.WithGantry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A service of an app is restarted because somebody wants it. */
@WithGantry
class AppRestartIT {
    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void another_instance_serves_in_place_of_the_one_that_ran(Gantry gantry) {
        var app = gantry.app("anew");
        app.run(Bundle.ofExample("hello-python"));
        Container before = only(app);

        restart(gantry, app);

        assertThat(only(app).getId()).isNotEqualTo(before.getId());
        assertThat(app.answer()).contains("version 1");
    }

    @Test
    void where_the_node_has_no_room_for_another_the_same_one_is_stopped_and_started_again(Gantry gantry) {
        var app = gantry.app("large");
        app.run(Bundle.ofExample("hello-python")
                .replacing(
                        "config.json",
                        "\"port\": 8000",
                        "\"port\": 8000, \"resources\": {\"memory\": \"%s\"}"
                                .formatted(Engine.HERE.moreThanHalfOfItsMemory())));
        Container before = only(app);
        Instant startedAt = Engine.HERE.startOf(before);

        restart(gantry, app);

        assertThat(only(app).getId()).isEqualTo(before.getId());
        assertThat(Engine.HERE.startOf(before)).isAfter(startedAt);
        assertThat(app.instances()).hasSize(1);
        assertThat(app.answer()).contains("version 1");
        assertThat(app.incidents()).as("what went down").isEmpty();
    }

    private static void restart(Gantry gantry, App app) {
        String token =
                app.restart("app-server").expect(202).json().path("token").asString();
        await("The restart")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(Rest.get(gantry.lifecycleManager("/api/v1/operations/" + token))
                                .expect(200)
                                .json()
                                .path("state")
                                .asString())
                        .isEqualTo("SUCCEEDED"));
    }

    private static Container only(App app) {
        assertThat(Engine.HERE.containersOf(app)).hasSize(1);
        return Engine.HERE.runningContainersOf(app).getFirst();
    }
}
