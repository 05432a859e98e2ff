package io.gantry.scheduler.deployment;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.Mode;
import io.gantry.scheduler.live.Changes;
import io.gantry.scheduler.stored.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of deployments. Every change of it is told to whoever watches. */
@Component
class DeploymentTable {
    private static final String INSERT = """
            insert into deployment (token, app, mode, state, requested_at, deadline, idempotency_key, request, trace_id, progress, revision)
            values (:token, :app, :mode, :state, :requestedAt, :deadline, :key, :request::jsonb, :traceId, :progress::jsonb, :revision)""";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;

    DeploymentTable(JdbcClient jdbc, NamedParameterJdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** @return false if the token, or the app's idempotency key, is there already */
    boolean insert(Deployment deployment, @Nullable String idempotencyKey) {
        return jdbc.sql(INSERT + " on conflict do nothing")
                        .params(columns(deployment, idempotencyKey))
                        .update()
                == 1;
    }

    /** New ones, without keys. */
    void insert(List<Deployment> deployments) {
        batches.batchUpdate(
                INSERT,
                deployments.stream()
                        .map(deployment -> new MapSqlParameterSource(columns(deployment, null)))
                        .toArray(SqlParameterSource[]::new));
    }

    private static Map<String, @Nullable Object> columns(Deployment deployment, @Nullable String idempotencyKey) {
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("token", deployment.token().value());
        columns.put("app", deployment.app().value());
        columns.put("mode", deployment.mode().name());
        columns.put("state", deployment.progress().state().name());
        columns.put("requestedAt", Columns.of(deployment.requestedAt()));
        columns.put("deadline", Columns.of(deployment.deadline()));
        columns.put("key", idempotencyKey);
        columns.put("request", deployment.request() == null ? null : Columns.json(deployment.request()));
        columns.put("traceId", deployment.traceId());
        columns.put("progress", Columns.json(deployment.progress()));
        columns.put("revision", deployment.revision());
        return columns;
    }

    void update(Deployment deployment) {
        jdbc.sql("update deployment set state = ?, progress = ?::jsonb, revision = ? where token = ? returning "
                        + Changes.ANNOUNCED)
                .param(deployment.progress().state().name())
                .param(Columns.json(deployment.progress()))
                .param(deployment.revision())
                .param(deployment.token().value())
                .param(Deployment.subject(deployment.token()))
                .query((_, _) -> true)
                .list();
    }

    void cancelled(DeploymentToken token, Instant at) {
        jdbc.sql("update deployment set cancelled_at = ? where token = ?")
                .param(Columns.of(at))
                .param(token.value())
                .update();
    }

    Optional<Deployment> find(DeploymentToken token) {
        return jdbc.sql("select * from deployment where token = ?")
                .param(token.value())
                .query(DeploymentTable::row)
                .optional();
    }

    /** Nobody else changes it until the current transaction ends. */
    Optional<Deployment> hold(DeploymentToken token) {
        return jdbc.sql("select * from deployment where token = ? for update")
                .param(token.value())
                .query(DeploymentTable::row)
                .optional();
    }

    Optional<Deployment> withKey(AppName app, String idempotencyKey) {
        return jdbc.sql("select * from deployment where app = ? and idempotency_key = ?")
                .param(app.value())
                .param(idempotencyKey)
                .query(DeploymentTable::row)
                .optional();
    }

    /**
     * The newest first.
     *
     * @param before only those asked for before this one; none: from the newest
     */
    List<Deployment> of(AppName app, @Nullable DeploymentToken before, int limit) {
        return jdbc.sql("""
                        select * from deployment
                        where app = :app
                          and (:before::text is null
                               or (requested_at, token) < (select requested_at, token from deployment where token = :before))
                        order by requested_at desc, token desc limit :limit""")
                .param("app", app.value())
                .param("before", before == null ? null : before.value())
                .param("limit", limit)
                .query(DeploymentTable::row)
                .list();
    }

    /** Not over though their deadline was before an instant; the longest overdue first. */
    List<Deployment> overdue(Instant before, int limit) {
        return jdbc.sql("""
                        select * from deployment
                        where state in ('ACCEPTED', 'RUNNING') and deadline < :before
                        order by deadline, token limit :limit""")
                .param("before", Columns.of(before))
                .param("limit", limit)
                .query(DeploymentTable::row)
                .list();
    }

    private static Deployment row(ResultSet row, int number) throws SQLException {
        return new Deployment(
                new DeploymentToken(row.getString("token")),
                new AppName(row.getString("app")),
                Mode.valueOf(row.getString("mode")),
                Columns.instant(row, "requested_at"),
                Columns.instant(row, "deadline"),
                row.getString("request") == null ? null : Columns.json(row, "request", DeploymentRequest.class),
                Columns.nullableInstant(row, "cancelled_at"),
                row.getString("trace_id"),
                Columns.json(row, "progress", Progress.class),
                row.getLong("revision"));
    }
}
