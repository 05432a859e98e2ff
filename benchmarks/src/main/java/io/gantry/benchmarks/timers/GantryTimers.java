package io.gantry.benchmarks.timers;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;

/** Schedules of Gantry's, each of which asks for a deployment once. One has fired when the deployer can read what it is asked for. */
final class GantryTimers implements Timers {
    private static final int APPS = 500;

    private final Sql sql;
    private final Commands commands;

    /** @param sql to a database with the scheduler's tables */
    GantryTimers(Sql sql, Commands commands) {
        this.sql = sql;
        this.commands = commands;
    }

    @Override
    public String name() {
        return "Gantry";
    }

    @Override
    public void storeFar(Plan plan) throws SQLException {
        sql.run(
                "insert into scheduler.app (name, created_at) select 'bench-' || number, now() from generate_series(0, %d) number on conflict do nothing"
                        .formatted(APPS - 1),
                "insert into scheduler.service (app, name, created_at) select name, 'app-server', now() from scheduler.app on conflict do nothing");
        store(Sql.far(plan));
        sql.run("analyze");
    }

    @Override
    public void storeDue(Plan plan, Instant begin) throws SQLException {
        store(Sql.due(plan, begin));
    }

    private void store(String timers) throws SQLException {
        sql.run("""
                insert into scheduler.schedule (id, app, mode, services, at, created_at, next_work)
                select number, 'bench-' || number %% %d, 'STOP', '[]', at, now(), at from %s timer""".formatted(APPS, timers));
    }

    @Override
    public void tell(Firings firings) throws SQLException {
        Map<String, Instant> arrived = commands.arrived();
        try (Connection connection = sql.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet runs = statement.executeQuery(
                        "select schedule, deployment from scheduler.schedule_run where deployment is not null")) {
            while (runs.next()) {
                Instant at = arrived.remove(runs.getString("deployment"));
                if (at != null) {
                    firings.fired(runs.getInt("schedule"), at);
                }
            }
        }
        arrived.forEach((_, _) -> firings.stray());
    }

    /** When nobody works on them any more. */
    static void forgetAll(Sql sql) throws SQLException {
        sql.run("truncate scheduler.schedule, scheduler.schedule_run, scheduler.deployment, scheduler.outbox");
    }

    @Override
    public void close() {
        commands.close();
    }
}
