package io.gantry.loadbalancer.decision;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every decision, kept as history. */
@Component
public class Decisions {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    Decisions(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** In the transaction that carries the decision out. */
    public void record(Decision decision) {
        jdbc.sql("""
                insert into decision (at, kind, app, service, instance, outcome, reason, detail)
                values (:at, :kind, :app, :service, :instance, :outcome, :reason, :detail::jsonb)""")
                .param("at", decision.at().atOffset(ZoneOffset.UTC))
                .param("kind", decision.kind().name())
                .param("app", decision.service().app().value())
                .param("service", decision.service().service().value())
                .param(
                        "instance",
                        decision.instance() == null ? null : decision.instance().value())
                .param("outcome", decision.outcome())
                .param("reason", decision.reason())
                .param("detail", json.writeValueAsString(decision.detail()))
                .update();
    }

    /** The newest first. */
    List<Recorded> find(
            @Nullable AppName app, @Nullable ServiceName service, @Nullable InstanceId instance, int limit) {
        return jdbc.sql("""
                        select * from decision
                        where (:app::text is null or app = :app)
                          and (:service::text is null or service = :service)
                          and (:instance::text is null or instance = :instance)
                        order by id desc limit :limit""")
                .param("app", app == null ? null : app.value())
                .param("service", service == null ? null : service.value())
                .param("instance", instance == null ? null : instance.value())
                .param("limit", limit)
                .query(this::recorded)
                .list();
    }

    private Recorded recorded(ResultSet row, int index) throws SQLException {
        return new Recorded(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                Decision.Kind.valueOf(row.getString("kind")),
                new AppName(row.getString("app")),
                new ServiceName(row.getString("service")),
                row.getString("instance"),
                row.getString("outcome"),
                row.getString("reason"),
                json.readTree(row.getString("detail")));
    }

    /** A decision as it is told. */
    record Recorded(
            long id,
            Instant at,
            Decision.Kind kind,
            AppName app,
            ServiceName service,
            @Nullable String instance,
            String outcome,
            String reason,
            JsonNode detail) {}
}
