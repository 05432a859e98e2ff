package io.gantry.scheduler.schedule;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.Mode;
import io.gantry.scheduler.deployment.DeploymentRequest;
import io.gantry.scheduler.stored.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** The tables of schedules and of their runs. */
@Component
class ScheduleTable {
    private static final TypeReference<List<DeploymentRequest.Choice>> CHOICES = new TypeReference<>() {};

    private final JdbcClient jdbc;

    ScheduleTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
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

    /** Nobody else works on it until the current transaction ends. */
    Optional<Schedule> hold(String id) {
        return jdbc.sql("select * from schedule where id = ? for update")
                .param(id)
                .query(ScheduleTable::row)
                .optional();
    }

    /** @param next none: the schedule has ended */
    void worksNextAt(String id, @Nullable Instant next) {
        jdbc.sql("update schedule set next_work = ? where id = ?")
                .param(Columns.ofNullable(next))
                .param(id)
                .update();
    }

    void delete(String id) {
        jdbc.sql("delete from schedule where id = ?").param(id).update();
    }

    void enter(String id, ScheduleView.Run run) {
        DeploymentToken deployment = run.deployment();
        jdbc.sql("insert into schedule_run (schedule, due_at, fired_at, deployment, problem) values (?, ?, ?, ?, ?)")
                .param(id)
                .param(Columns.of(run.dueAt()))
                .param(Columns.of(run.firedAt()))
                .param(deployment == null ? null : deployment.value())
                .param(run.problem())
                .update();
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
