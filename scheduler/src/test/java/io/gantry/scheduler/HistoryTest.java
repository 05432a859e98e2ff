package io.gantry.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.history.HistoryKeeper;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the scheduler remembers of what is over, and for how long. */
@SchedulerTest
class HistoryTest {
    private static final int STAY = 20;

    @Autowired
    HistoryKeeper history;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void startOver() {
        List.of("app", "deployment", "build_log", "schedule")
                .forEach(table -> jdbc.sql("delete from " + table).update());
        jdbc.sql("insert into app (name, created_at) values ('shop', now()), ('blog', now())")
                .update();
    }

    /** The first of them the newest. */
    private void deployments(String app, int number, int days, String state) {
        jdbc.sql("""
                        insert into deployment (token, app, mode, state, requested_at, deadline, progress, revision)
                        select :app || '-' || number, :app, 'RUN', :state,
                            now() - :days * interval '1 day' - number * interval '1 minute', now() + interval '1 day', '{}', 1
                        from generate_series(1, :count) number""")
                .param("app", app)
                .param("state", state)
                .param("days", days)
                .param("count", number)
                .update();
        jdbc.sql("""
                        insert into build_log (token, service, attempt, first_line, lines)
                        select token, 'web', 1, 0, '["built"]' from deployment where app = ?""").param(app).update();
    }

    private List<String> of(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }

    @Test
    void deployments_that_are_long_over_go_with_their_logs_but_the_newest_of_each_app_stay() {
        deployments("shop", STAY + 2, 91, "SUCCEEDED");
        deployments("blog", 2, 91, "FAILED");
        history.forgetOld();
        assertThat(of("select token from deployment where app = 'shop'"))
                .hasSize(STAY)
                .doesNotContain("shop-21", "shop-22");
        assertThat(of("select token from build_log order by token"))
                .isEqualTo(of("select token from deployment order by token"))
                .contains("blog-1", "blog-2");
    }

    @Test
    void of_those_that_were_asked_for_at_one_moment_as_many_stay() {
        deployments("shop", STAY + 2, 91, "SUCCEEDED");
        jdbc.sql("update deployment set requested_at = (select min(requested_at) from deployment)")
                .update();
        history.forgetOld();
        assertThat(of("select token from deployment")).hasSize(STAY);
    }

    @Test
    void what_is_not_over_or_not_for_so_long_stays() {
        deployments("shop", STAY + 2, 91, "RUNNING");
        deployments("blog", STAY + 2, 89, "SUCCEEDED");
        history.forgetOld();
        assertThat(of("select token from deployment")).hasSize(2 * (STAY + 2));
    }

    private void schedule(String id, String nextWork) {
        jdbc.sql("""
                        insert into schedule (id, app, mode, services, cron, time_zone, created_at, next_work)
                        values (?, 'shop', 'RUN', '[]', '0 4 * * *', 'UTC', now() - interval '200 days', %s)""".formatted(nextWork)).param(id).update();
    }

    private void run(String schedule, int days, boolean deployed) {
        jdbc.sql("""
                        insert into schedule_run (schedule, due_at, fired_at, deployment)
                        values (:schedule, now() - :days * interval '1 day', now() - :days * interval '1 day', :deployment)""")
                .param("schedule", schedule)
                .param("days", days)
                .param("deployment", deployed ? "t" + days : null)
                .update();
    }

    @Test
    void old_runs_of_a_schedule_go_and_the_last_that_it_deployed_stays() {
        schedule("goes-on", "now() + interval '1 day'");
        run("goes-on", 180, true);
        run("goes-on", 150, true);
        run("goes-on", 120, false);
        run("goes-on", 10, false);
        history.forgetOld();
        assertThat(of("select coalesce(deployment, 'refused') from schedule_run order by due_at"))
                .containsExactly("t150", "refused");
    }

    @Test
    void a_schedule_goes_that_ended_long_ago() {
        schedule("ended", "null");
        schedule("ended-lately", "null");
        schedule("goes-on", "now() + interval '1 day'");
        run("ended", 91, true);
        run("ended-lately", 89, true);
        history.forgetOld();
        assertThat(of("select id from schedule order by id")).containsExactly("ended-lately", "goes-on");
        assertThat(of("select schedule from schedule_run")).containsExactly("ended-lately");
    }
}
