package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.lifecyclemanager.reconciliation.StepRow.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was done, as it is done. Only whoever holds the lease writes here. */
@Component
@OnlyInFleet
class StepLog {
    private static final int KEPT = 5_000;

    private final JdbcClient jdbc;
    private final Lease lease;
    private final InstantSource clock;
    /** News become visible in the order of their numbers. */
    private final ReentrantLock inOrder = new ReentrantLock();

    StepLog(JdbcClient jdbc, Lease lease, InstantSource clock) {
        this.jdbc = jdbc;
        this.lease = lease;
        this.clock = clock;
    }

    /** @return its number in the log */
    long begin(long fencing, Step step) {
        return inOrder(fencing, () -> {
            jdbc.sql("delete from step where id < (select max(id) from step) - ?")
                    .param(KEPT)
                    .update();
            return jdbc.sql("""
                            insert into step (news, fencing, machine, service, what, state, started_at)
                            values (nextval('news'), :fencing, :machine, :service, :what, 'RUNNING', :now) returning id""")
                    .param("fencing", fencing)
                    .param("machine", step.machine())
                    .param("service", step.service())
                    .param("what", step.what())
                    .param("now", now())
                    .query(Long.class)
                    .single();
        });
    }

    /** What is being done just now. */
    void tell(long fencing, long id, String detail) {
        inOrder(
                fencing,
                () -> jdbc.sql("update step set news = nextval('news'), detail = ? where id = ?")
                        .params(detail, id)
                        .update());
    }

    void end(long fencing, long id, State state, String detail) {
        inOrder(
                fencing,
                () -> jdbc.sql("""
                        update step set news = nextval('news'), state = :state, detail = :detail, ended_at = :now
                        where id = :id""")
                        .param("state", state.name())
                        .param("detail", detail)
                        .param("now", now())
                        .param("id", id)
                        .update());
    }

    /** Steps of one who acts no more. */
    void interrupt(long fencing) {
        inOrder(
                fencing,
                () -> jdbc.sql("""
                        update step set news = nextval('news'), state = 'FAILED', ended_at = :now,
                            detail = 'The lifecycle manager that did this ended; another look shows what is left to do'
                        where state = 'RUNNING' and fencing < :fencing""")
                        .param("now", now())
                        .param("fencing", fencing)
                        .update());
    }

    private <T> T inOrder(long fencing, Supplier<T> writing) {
        inOrder.lock();
        try {
            return lease.fenced(fencing, writing);
        } finally {
            inOrder.unlock();
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** Oldest first. */
    List<StepRow> newest(int count) {
        return jdbc.sql("select * from (select * from step order by id desc limit ?) newest order by id")
                .param(count)
                .query((row, _) -> step(row))
                .list();
    }

    /** What is news to one who has seen everything up to a number. */
    List<StepRow> after(long news) {
        return jdbc.sql("select * from step where news > ? order by news limit 1000")
                .param(news)
                .query((row, _) -> step(row))
                .list();
    }

    private static StepRow step(ResultSet row) throws SQLException {
        @Nullable OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        Instant started = row.getObject("started_at", OffsetDateTime.class).toInstant();
        return new StepRow(
                row.getLong("id"),
                row.getLong("news"),
                row.getString("machine"),
                row.getString("service"),
                row.getString("what"),
                State.valueOf(row.getString("state")),
                row.getString("detail"),
                started,
                ended == null ? null : ended.toInstant());
    }
}
