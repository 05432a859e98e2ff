package io.gantry.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.scheduler.Api;
import io.gantry.scheduler.Schedulers;
import io.gantry.testkit.DeathBeforeCommit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever fires schedules may die of it; what he was at, whoever is left does at once. */
class DyingScheduleTest {
    private static final int SCHEDULES = 20;

    @AutoClose
    private final Schedulers schedulers = new Schedulers(
            "--gantry.messaging.partitions=1",
            // Of who died it would be known after four of them: long after the test has ended.
            "--db-scheduler.heartbeat-interval=1m");

    @Test
    void schedules_whose_firing_dies_before_its_commit_are_fired_once_by_the_next() throws Exception {
        schedulesThatAreDue();
        assertThat(schedulers.startDying("select exists (select from schedule_run)"))
                .isEqualTo(DeathBeforeCommit.EXIT_CODE);
        try (ConfigurableApplicationContext next = schedulers.start()) {
            JdbcClient jdbc = next.getBean(JdbcClient.class);
            await("What nobody had taken is not waited for until he is known to be dead")
                    .until(() -> count(jdbc, "select count(*) from schedule where next_work is not null") == 0);
            assertThat(count(jdbc, "select count(*) from schedule_run")).isEqualTo(SCHEDULES);
            assertThat(count(jdbc, "select count(*) from deployment")).isEqualTo(SCHEDULES);
            assertThat(count(jdbc, "select count(*) from outbox")).isEqualTo(SCHEDULES);
        }
    }

    /** By the time that nobody is there any more. */
    private void schedulesThatAreDue() {
        try (ConfigurableApplicationContext asked = schedulers.start()) {
            schedulers.upload(asked, "shop", "web");
            Api api = Schedulers.api(asked);
            IntStream.range(0, SCHEDULES)
                    .forEach(_ -> assertThat(api.post(
                                            "/api/v1/apps/shop/schedules",
                                            "{\"mode\": \"RUN\", \"at\": \"2999-01-01T00:00:00Z\"}")
                                    .status())
                            .isEqualTo(201));
        }
        schedulers
                .database()
                .sql("update scheduler.schedule set at = now(), next_work = now()")
                .update();
    }

    private static int count(JdbcClient jdbc, String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }
}
