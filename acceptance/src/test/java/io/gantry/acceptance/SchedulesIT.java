package io.gantry.acceptance;

import static io.gantry.acceptance.driver.Mode.BUILD;
import static io.gantry.acceptance.driver.Mode.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.App;
import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Engine;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.Schedule;
import io.gantry.acceptance.driver.WithGantry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deployments that come when their time comes. */
@WithGantry
class SchedulesIT {
    private static final Duration UNTIL_THE_FULL_MINUTE = Duration.ofSeconds(75);
    private static final Duration A_WHILE = Duration.ofSeconds(60);

    @Test
    void at_its_time_it_starts_once_and_at_its_end_it_stops(Gantry gantry) {
        var app = built(gantry.app("at"));
        var start = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.MILLIS);

        var schedule = app.plan(Map.of("mode", RUN, "at", start, "until", start.plusSeconds(15)))
                .expect(201)
                .as(Schedule.class);

        assertThat(schedule.runs()).isEmpty();
        await("The start")
                .atMost(A_WHILE)
                .untilAsserted(
                        () -> assertThat(Engine.HERE.runningContainersOf(app)).hasSize(1));
        assertThat(app.schedule(schedule.id()).runs()).singleElement().satisfies(run -> {
            assertThat(run.dueAt()).isEqualTo(start);
            assertThat(run.firedAt()).isBetween(start, start.plusSeconds(15));
            assertThat(run.deployment()).isEqualTo(app.history().getFirst().token());
        });
        await("The stop")
                .atMost(A_WHILE)
                .untilAsserted(() -> assertThat(Engine.HERE.containersOf(app)).isEmpty());
        assertThat(app.history()).extracting("mode").containsExactly("STOP", "RUN", "BUILD");
    }

    @Test
    void cron_fires_once_at_the_full_minute(Gantry gantry) {
        var app = built(gantry.app("cron"));

        var schedule = app.plan(Map.of("mode", RUN, "cron", "* * * * *", "timeZone", "Europe/Berlin"))
                .expect(201)
                .as(Schedule.class);
        await("The start")
                .atMost(UNTIL_THE_FULL_MINUTE)
                .untilAsserted(
                        () -> assertThat(Engine.HERE.runningContainersOf(app)).hasSize(1));

        assertThat(app.schedule(schedule.id()).runs())
                .singleElement()
                .satisfies(
                        run -> assertThat(run.dueAt()).isEqualTo(schedule.next().getFirst()));
        app.unschedule(schedule.id());
        assertThat(app.schedules()).isEmpty();
    }

    private static App built(App app) {
        app.upload(Bundle.ofExample("hello-python"));
        app.deploy(BUILD).expect("SUCCEEDED");
        return app;
    }
}
