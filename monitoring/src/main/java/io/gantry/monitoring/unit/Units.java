package io.gantry.monitoring.unit;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.registry.Instance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The units there are. What was stopped or replaced is not among them. */
@Component
public class Units {
    private final JdbcClient jdbc;
    private final InstantSource clock;

    Units(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return whether it was not known to be in this state before */
    public boolean see(Instance instance) {
        UnitState state = UnitState.of(instance.state());
        return jdbc.sql("""
                        insert into unit (id, app, service, node, state, since, detail, fell_at)
                        values (:id, :app, :service, :node, :state, :now, :detail, :fell)
                        on conflict (id) do update set
                            node = excluded.node, state = excluded.state, since = excluded.since,
                            detail = excluded.detail, fell_at = coalesce(excluded.fell_at, unit.fell_at)
                        where unit.state <> excluded.state""")
                        .param("id", instance.id().value())
                        .param("app", instance.app().value())
                        .param("service", instance.service().value())
                        .param("node", instance.node().value())
                        .param("state", state.name())
                        .param("now", now())
                        .param("detail", instance.detail())
                        .param("fell", state == UnitState.DOWN ? now() : null)
                        .update()
                == 1;
    }

    public void forget(InstanceId id) {
        jdbc.sql("delete from unit where id = ?").param(id.value()).update();
    }

    public int count() {
        return jdbc.sql("select count(*) from unit").query(Integer.class).single();
    }

    /** How many went down after that, whether or not they are back. */
    public int fallenAfter(Instant instant) {
        return jdbc.sql("select count(*) from unit where fell_at > ?")
                .param(instant.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    public List<Seen> all() {
        return jdbc.sql("select * from unit order by app, service, id")
                .query(Units::seen)
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Seen seen(ResultSet row, int index) throws SQLException {
        return new Seen(
                new Unit(
                        new InstanceId(row.getString("id")),
                        new AppName(row.getString("app")),
                        new ServiceName(row.getString("service"))),
                new NodeId(row.getString("node")),
                UnitState.valueOf(row.getString("state")),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getString("detail"));
    }
}
