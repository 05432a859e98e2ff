package io.gantry.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.history.HistoryKeeper;
import io.gantry.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What monitoring remembers of what is over, and for how long. */
@MonitoringTest
class HistoryTest {
    @Autowired
    HistoryKeeper history;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    private @Nullable Object daysAgo(int days) {
        Instant then = clock.instant().minus(Duration.ofDays(days));
        return then.atOffset(ZoneOffset.UTC);
    }

    private void incident(String id, int openedDaysAgo, @Nullable Object closedAt) {
        jdbc.sql("""
                        insert into incident (id, unit, state, opened_at, closed_at, document)
                        values (?, ?, 'CLOSED', ?, ?, '{}')""").params(id, id, daysAgo(openedDaysAgo), closedAt).update();
    }

    private void alert(String id, int raisedDaysAgo) {
        jdbc.sql("insert into alert (id, raised_at, body) values (?, ?, '{}')")
                .params(id, daysAgo(raisedDaysAgo))
                .update();
    }

    private List<String> of(String table) {
        return jdbc.sql("select id from %s where id like 'history-%%' order by id".formatted(table))
                .query(String.class)
                .list();
    }

    @Test
    void incidents_that_were_closed_long_ago_go_and_alerts_with_them() {
        incident("history-closed", 92, daysAgo(91));
        incident("history-closed-lately", 92, daysAgo(89));
        incident("history-open", 92, null);
        alert("history-old", 91);
        alert("history-new", 89);
        history.forgetOld();
        assertThat(of("incident")).containsExactly("history-closed-lately", "history-open");
        assertThat(of("alert")).containsExactly("history-new");
        jdbc.sql("delete from incident where id like 'history-%'").update();
    }
}
