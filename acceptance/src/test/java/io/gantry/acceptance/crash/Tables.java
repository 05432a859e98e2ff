package io.gantry.acceptance.crash;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the services have written down. */
final class Tables implements AutoCloseable {
    private static final List<String> OUTBOXES =
            List.of("scheduler", "deployer", "load_balancer", "node_manager", "monitoring", "lifecycle_manager");

    private final Connection connection;
    private final Statement sql;

    Tables(String url) throws SQLException {
        this.connection = DriverManager.getConnection(url, "gantry", "gantry");
        this.sql = connection.createStatement();
    }

    Set<String> apps() throws SQLException {
        return Set.copyOf(query("select name from scheduler.app", row -> row.getString(1)));
    }

    List<World.Deployment> deployments() throws SQLException {
        return query(
                "select token, app, mode, state from scheduler.deployment",
                row -> new World.Deployment(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
    }

    List<World.Request> requests() throws SQLException {
        return query(
                "select token, app, outcome from deployer.request",
                row -> new World.Request(row.getString(1), row.getString(2), row.getString(3)));
    }

    List<World.Reply> replies() throws SQLException {
        return query("""
                select said ->> 'token', said ->> 'app', said ->> 'outcome'
                from (select convert_from(payload, 'UTF8')::jsonb as said from deployer.outbox
                      where topic = 'deployer.events') as events
                where said ->> 'type' = 'finished'""", row -> new World.Reply(row.getString(1), row.getString(2), row.getString(3)));
    }

    List<World.Recorded> images() throws SQLException {
        return query(
                "select app, service, version, reference from deployer.image",
                row -> new World.Recorded(row.getString(1), row.getString(2), row.getInt(3), row.getString(4)));
    }

    List<World.PortHeld> ports() throws SQLException {
        return query(
                "select node, port, instance from deployer.host_port",
                row -> new World.PortHeld(row.getString(1), row.getInt(2), row.getString(3)));
    }

    List<World.Reserved> reservations() throws SQLException {
        return query(
                "select instance, app, node, state from load_balancer.reservation where state in ('HELD', 'RESERVED', 'IN_USE')",
                row -> new World.Reserved(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
    }

    List<World.Version> versions() throws SQLException {
        return query(
                "select app, version, sha256 from scheduler.version",
                row -> new World.Version(row.getString(1), row.getInt(2), row.getString(3)));
    }

    Set<String> grants() throws SQLException {
        return Set.copyOf(query("select id from scheduler.granted_upload", row -> row.getString(1)));
    }

    List<World.Run> runs() throws SQLException {
        return query(
                "select app, schedule, due_at, deployment from scheduler.schedule_run join scheduler.schedule on id = schedule",
                row -> new World.Run(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getString(4)));
    }

    List<World.Unsettled> unsettled() throws SQLException {
        List<World.Unsettled> unsettled = new ArrayList<>();
        for (String service : OUTBOXES) {
            unsettled.addAll(query(
                    "select topic from %s.outbox where sent_at is null".formatted(service),
                    row -> new World.Unsettled(
                            null, "%s has not sent what it has for %s".formatted(service, row.getString(1)))));
        }
        for (String agenda : List.of("work", "build_work")) {
            unsettled.addAll(query(
                    "select task_instance from deployer.%s where task_name = 'work'".formatted(agenda),
                    row -> new World.Unsettled(appOf(row.getString(1)), row.getString(1) + " is still to be done")));
        }
        unsettled.addAll(query(
                "select instance from load_balancer.waiting",
                row -> new World.Unsettled(null, row.getString(1) + " still waits for a node")));
        unsettled.addAll(query(
                "select app, id from monitoring.incident where closed_at is null",
                row -> new World.Unsettled(row.getString(1), "incident %s is not over".formatted(row.getString(2)))));
        unsettled.addAll(query(
                "select kind, what from lifecycle_manager.operation where finished_at is null",
                row -> new World.Unsettled(
                        null, "%s of %s is not over".formatted(row.getString(1), row.getString(2)))));
        return unsettled;
    }

    List<World.Step> steps() throws SQLException {
        return query(
                "select fencing, what from lifecycle_manager.step order by id",
                row -> new World.Step(row.getLong(1), row.getString(2)));
    }

    private static String appOf(String assignment) {
        return assignment.substring(0, assignment.indexOf('/'));
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String query, Reading<T> reading) throws SQLException {
        List<T> all = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery(query)) {
            while (rows.next()) {
                all.add(reading.of(rows));
            }
        }
        return all;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
