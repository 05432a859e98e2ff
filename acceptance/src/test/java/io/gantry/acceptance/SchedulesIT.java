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
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deployments that come when their time comes. */
@WithGantry
class SchedulesIT {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** It is to be asked for before its time, and seen to run before it is stopped. */
    private static final Duration UNTIL_IT_STARTS = Duration.ofSeconds(10);

    private static final Duration UNTIL_IT_STOPS = Duration.ofSeconds(30);
    private static final Duration A_WHILE = Duration.ofMinutes(2);

    @Test
    void at_its_time_it_starts_once_and_at_its_end_it_stops(Gantry gantry) {
        var app = built(gantry.app("at"));
        var start = Instant.now().plus(UNTIL_IT_STARTS).truncatedTo(ChronoUnit.MILLIS);
        var end = start.plus(UNTIL_IT_STOPS);

        var schedule = app.plan(Map.of("mode", RUN, "at", start, "until", end))
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

        var due = ZonedDateTime.now(BERLIN)
                .plus(UNTIL_IT_STARTS)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1);
        String cron = "%d %d * * *".formatted(due.getMinute(), due.getHour());

        var schedule = app.plan(Map.of("mode", RUN, "cron", cron, "timeZone", BERLIN.getId()))
                .expect(201)
                .as(Schedule.class);
        assertThat(schedule.next()).startsWith(due.toInstant());
        await("The start")
                .atMost(A_WHILE)
                .untilAsserted(
                        () -> assertThat(Engine.HERE.runningContainersOf(app)).hasSize(1));

        assertThat(app.schedule(schedule.id()).runs())
                .singleElement()
                .satisfies(run -> assertThat(run.dueAt()).isEqualTo(due.toInstant()));
        app.unschedule(schedule.id());
        assertThat(app.schedules()).isEmpty();
    }

    private static App built(App app) {
        app.upload(Bundle.ofExample("hello-python"));
        app.deploy(BUILD).expect("SUCCEEDED");
        return app;
    }
}
