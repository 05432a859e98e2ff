package io.gantry.monitoring.incident;

import io.gantry.contract.AppName;
import io.gantry.contract.IncidentId;
import io.gantry.monitoring.unit.Unit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The incidents as they are stored. A unit has one open one at the most. */
@Component
class IncidentTable {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    IncidentTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void save(Incident incident) {
        Phase phase = incident.phase();
        jdbc.sql("""
                        insert into incident (id, unit, app, state, opened_at, closed_at, due_at, document)
                        values (:id, :unit, :app, :state, :opened, :closed, :due, :document::jsonb)
                        on conflict (id) do update set state = excluded.state, closed_at = excluded.closed_at,
                            due_at = excluded.due_at, document = excluded.document""")
                .param("id", incident.id().value())
                .param("unit", incident.unit().key())
                .param(
                        "app",
                        incident.unit() instanceof Unit.Instance instance
                                ? instance.app().value()
                                : null)
                .param("state", phase.state().name())
                .param("opened", incident.openedAt().atOffset(ZoneOffset.UTC))
                .param("closed", phase instanceof Phase.Closed(var at) ? at.atOffset(ZoneOffset.UTC) : null)
                .param("due", phase instanceof Phase.Closed ? null : phase.due().atOffset(ZoneOffset.UTC))
                .param("document", json.writeValueAsString(incident))
                .update();
    }

    /** Nobody else changes it until the transaction ends. */
    Optional<Incident> holdOpen(String unit) {
        return jdbc.sql("select document from incident where unit = ? and closed_at is null for update")
                .param(unit)
                .query(this::incident)
                .optional();
    }

    /** Nobody else changes it until the transaction ends. */
    Optional<Incident> hold(IncidentId id) {
        return jdbc.sql("select document from incident where id = ? for update")
                .param(id.value())
                .query(this::incident)
                .optional();
    }

    List<IncidentId> due(Instant now) {
        return jdbc.sql("select id from incident where due_at <= ? order by due_at limit 1000")
                .param(now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new IncidentId(row.getString("id")))
                .list();
    }

    /** The newest first; what is null does not matter. */
    List<Incident> matching(@Nullable IncidentState state, @Nullable AppName app, int limit) {
        return jdbc.sql("""
                        select document from incident
                        where (:state::text is null or state = :state) and (:app::text is null or app = :app)
                        order by opened_at desc, id limit :limit""")
                .param("state", state == null ? null : state.name())
                .param("app", app == null ? null : app.value())
                .param("limit", limit)
                .query(this::incident)
                .list();
    }

    List<Incident> open() {
        return jdbc.sql("select document from incident where closed_at is null")
                .query(this::incident)
                .list();
    }

    private Incident incident(ResultSet row, int index) throws SQLException {
        return json.readValue(row.getString("document"), Incident.class);
    }
}
