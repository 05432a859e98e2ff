package io.gantry.lifecyclemanager.replica;

import io.gantry.lifecyclemanager.OnlyInFleet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where the replicas are to run, and how they were seen last. */
@Component
@OnlyInFleet
public class ReplicaTable {
    private final JdbcClient jdbc;

    ReplicaTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<ReplicaRow> all() {
        return jdbc.sql("select * from replica order by service, machine")
                .query((row, _) -> replica(row))
                .list();
    }

    /** What is not among these is forgotten. */
    public void enter(List<ReplicaRow> rows) {
        all().stream()
                .map(ReplicaRow::replica)
                .filter(known -> rows.stream().noneMatch(row -> row.replica().equals(known)))
                .forEach(this::remove);
        rows.forEach(this::enter);
    }

    /** Since when it runs is to be asked anew. */
    public void restarted(Replica replica) {
        jdbc.sql("update replica set since = null where service = ? and machine = ?")
                .params(replica.service(), replica.machine())
                .update();
    }

    private void remove(Replica replica) {
        jdbc.sql("delete from replica where service = ? and machine = ?")
                .params(replica.service(), replica.machine())
                .update();
    }

    private void enter(ReplicaRow row) {
        jdbc.sql("""
                        insert into replica (service, machine, address, port, digest, state, since, ready_at, problem)
                        values (:service, :machine, :address, :port, :digest, :state, :since, :ready, :problem)
                        on conflict (service, machine) do update
                        set address = excluded.address, port = excluded.port, digest = excluded.digest,
                            state = excluded.state, since = excluded.since, ready_at = excluded.ready_at,
                            problem = excluded.problem""")
                .param("service", row.replica().service())
                .param("machine", row.replica().machine())
                .param("address", row.address())
                .param("port", row.port())
                .param("digest", row.digest())
                .param("state", row.state().name())
                .param("since", inUtc(row.since()))
                .param("ready", inUtc(row.readyAt()))
                .param("problem", row.problem())
                .update();
    }

    private static ReplicaRow replica(ResultSet row) throws SQLException {
        return new ReplicaRow(
                new Replica(row.getString("service"), row.getString("machine")),
                row.getString("address"),
                row.getInt("port"),
                row.getString("digest"),
                ReplicaRow.State.valueOf(row.getString("state")),
                instant(row, "since"),
                instant(row, "ready_at"),
                row.getString("problem"));
    }

    private static @Nullable OffsetDateTime inUtc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
