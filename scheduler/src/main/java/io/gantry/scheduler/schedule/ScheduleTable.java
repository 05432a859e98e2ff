package io.gantry.scheduler.schedule;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.Mode;
import io.gantry.scheduler.deployment.DeploymentRequest;
import io.gantry.scheduler.stored.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** The tables of schedules and of their runs. */
@Component
class ScheduleTable {
    private static final TypeReference<List<DeploymentRequest.Choice>> CHOICES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JdbcOperations batches;

    ScheduleTable(JdbcClient jdbc, JdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** @return false if the app's idempotency key is there already */
    boolean insert(Schedule schedule, @Nullable String idempotencyKey) {
        ZoneId zone = schedule.timeZone();
        return jdbc.sql("""
                        insert into schedule (id, app, mode, services, at, cron, time_zone, until, created_at, next_work,
                                              idempotency_key)
                        values (:id, :app, :mode, :services::jsonb, :at, :cron, :zone, :until, :createdAt, :nextWork, :key)
                        on conflict (app, idempotency_key) do nothing""")
                        .param("id", schedule.id())
                        .param("app", schedule.app().value())
                        .param("mode", schedule.mode().name())
                        .param("services", Columns.json(schedule.services()))
                        .param("at", Columns.ofNullable(schedule.at()))
                        .param("cron", schedule.cron())
                        .param("zone", zone == null ? null : zone.getId())
                        .param("until", Columns.ofNullable(schedule.until()))
                        .param("createdAt", Columns.of(schedule.createdAt()))
                        .param("nextWork", Columns.ofNullable(schedule.nextWork()))
                        .param("key", idempotencyKey)
                        .update()
                == 1;
    }

    Optional<Schedule> withKey(AppName app, String idempotencyKey) {
        return jdbc.sql("select * from schedule where app = ? and idempotency_key = ?")
                .param(app.value())
                .param(idempotencyKey)
                .query(ScheduleTable::row)
                .optional();
    }

    List<Schedule> of(AppName app) {
        return jdbc.sql("select * from schedule where app = ? order by created_at, id")
                .param(app.value())
                .query(ScheduleTable::row)
                .list();
    }

    Optional<Schedule> find(AppName app, String id) {
        return jdbc.sql("select * from schedule where app = ? and id = ?")
                .param(app.value())
                .param(id)
                .query(ScheduleTable::row)
                .optional();
    }

    /** When there is something to do next. */
    Optional<Instant> nextWork(Collection<String> except) {
        return jdbc.sql("""
                        select next_work from schedule where next_work is not null and id <> all (?)
                        order by next_work limit 1""")
                .param(array(except))
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /** Ids of those in which there is something to do, the longest due first. */
    List<String> due(Instant now, Collection<String> except) {
        return jdbc.sql("select id from schedule where next_work <= ? and id <> all (?) order by next_work limit 1000")
                .param(Columns.of(now))
                .param(array(except))
                .query(String.class)
                .list();
    }

    /** Those that are due and nobody else works on, the longest due first; nobody else does until the current transaction ends. */
    List<Schedule> holdDue(Instant now, Collection<String> except, int limit) {
        giveUpWhenFrozen();
        return jdbc.sql("""
                        select * from schedule where next_work <= ? and id <> all (?)
                        order by next_work limit ? for update skip locked""")
                .param(Columns.of(now))
                .param(array(except))
                .param(limit)
                .query(ScheduleTable::row)
                .list();
    }

    /** Likewise only this one. */
    List<Schedule> holdDue(Instant now, String id) {
        giveUpWhenFrozen();
        return jdbc.sql("select * from schedule where id = ? and next_work <= ? for update skip locked")
                .param(id)
                .param(Columns.of(now))
                .query(ScheduleTable::row)
                .list();
    }

    /** Whoever stands still within the transaction loses what he holds, and others fire it. */
    private void giveUpWhenFrozen() {
        jdbc.sql("select set_config('idle_in_transaction_session_timeout', '2s', true)")
                .query(String.class)
                .single();
    }

    private static String[] array(Collection<String> ids) {
        return ids.toArray(String[]::new);
    }

    /** Those in which there is nothing to do next have ended. */
    void setNextWork(List<Schedule> schedules) {
        batches.batchUpdate(
                "update schedule set next_work = ? where id = ?",
                schedules.stream()
                        .map(schedule ->
                                new @Nullable Object[] {Columns.ofNullable(schedule.nextWork()), schedule.id()})
                        .toList());
    }

    void delete(String id) {
        jdbc.sql("delete from schedule where id = ?").param(id).update();
    }

    record RunOf(String schedule, ScheduleView.Run run) {
        private @Nullable Object[] columns() {
            DeploymentToken deployment = run.deployment();
            return new @Nullable Object[] {
                schedule,
                Columns.of(run.dueAt()),
                Columns.of(run.firedAt()),
                deployment == null ? null : deployment.value(),
                run.problem()
            };
        }
    }

    void enter(List<RunOf> runs) {
        batches.batchUpdate(
                "insert into schedule_run (schedule, due_at, fired_at, deployment, problem) values (?, ?, ?, ?, ?)",
                runs.stream().map(RunOf::columns).toList());
    }

    /** Whether it has ever asked for a deployment. */
    boolean hasRun(String id) {
        return jdbc.sql("select exists (select 1 from schedule_run where schedule = ? and deployment is not null)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    /** The newest first. */
    List<ScheduleView.Run> runs(String id, int limit) {
        return jdbc.sql("select * from schedule_run where schedule = ? order by due_at desc limit ?")
                .param(id)
                .param(limit)
                .query((row, _) -> new ScheduleView.Run(
                        Columns.instant(row, "due_at"),
                        Columns.instant(row, "fired_at"),
                        row.getString("deployment") == null ? null : new DeploymentToken(row.getString("deployment")),
                        row.getString("problem")))
                .list();
    }

    private static Schedule row(ResultSet row, int number) throws SQLException {
        String zone = row.getString("time_zone");
        return new Schedule(
                row.getString("id"),
                new AppName(row.getString("app")),
                Mode.valueOf(row.getString("mode")),
                Columns.json(row, "services", CHOICES),
                Columns.nullableInstant(row, "at"),
                row.getString("cron"),
                zone == null ? null : ZoneId.of(zone),
                Columns.nullableInstant(row, "until"),
                Columns.instant(row, "created_at"),
                Columns.nullableInstant(row, "next_work"));
    }
}
