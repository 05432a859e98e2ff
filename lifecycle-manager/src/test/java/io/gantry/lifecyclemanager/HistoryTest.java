package io.gantry.lifecyclemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.history.HistoryKeeper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the lifecycle manager remembers of what is over, and for how long. */
@LifecycleManagerTest
class HistoryTest {
    @Autowired
    HistoryKeeper history;

    @Autowired
    JdbcClient jdbc;

    /** @param finishedDaysAgo none: it is not over */
    private void operation(String token, @Nullable Integer finishedDaysAgo) {
        jdbc.sql("""
                        insert into operation (token, kind, what, requested_at, deadline, finished_at, outcome)
                        values (:token, 'RESTART_APP', 'shop', now() - interval '92 days', now() - interval '91 days',
                            now() - :days * interval '1 day', 'SUCCEEDED')""").param("token", token).param("days", finishedDaysAgo).update();
        jdbc.sql(
                        "insert into recovery (incident, attempt, token, asked_at) values (?, 1, ?, now() - interval '92 days')")
                .params(token, token)
                .update();
    }

    private List<String> tokens(String table) {
        return jdbc.sql("select token from %s where token like 'history-%%' order by token".formatted(table))
                .query(String.class)
                .list();
    }

    @Test
    void operations_that_are_long_over_go_and_what_monitoring_asked_for_with_them() {
        operation("history-open", null);
        operation("history-lately", 89);
        operation("history-long-ago", 91);
        jdbc.sql(
                        "insert into pool_decision (at, kind, pool, machine, reason) values "
                                + "(now() - interval '91 days', 'ADD', 'burst', 'burst-1', 'one'), (now(), 'ADD', 'burst', 'burst-2', 'two')")
                .update();
        history.forgetOld();
        assertThat(tokens("operation")).containsExactly("history-lately", "history-open");
        assertThat(tokens("recovery")).containsExactly("history-lately", "history-open");
        assertThat(jdbc.sql("select machine from pool_decision")
                        .query(String.class)
                        .list())
                .containsExactly("burst-2");
        jdbc.sql("update operation set finished_at = now() where token = 'history-open'")
                .update();
    }
}
