package io.gantry.monitoring.unit;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
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

    /**
     * An instance that was out of sight and is dead now fell with its machine.
     *
     * @return whether it was not known to be in this state before
     */
    public boolean see(Instance instance) {
        UnitState state = UnitState.of(instance.state());
        return jdbc.sql("""
                        insert into unit (id, kind, app, service, machine, state, since, detail, fell_at)
                        values (:id, 'INSTANCE', :app, :service, :machine, :state, :now, :detail, :fell)
                        on conflict (id) do update set
                            machine = excluded.machine, state = excluded.state, since = excluded.since,
                            detail = excluded.detail, fell_at = coalesce(excluded.fell_at, unit.fell_at),
                            fell_with_machine = case when excluded.state = 'DOWN' then unit.state = 'UNKNOWN'
                                                     else unit.fell_with_machine end
                        where unit.state <> excluded.state""")
                        .param("id", instance.id().value())
                        .param("app", instance.app().value())
                        .param("service", instance.service().value())
                        .param("machine", instance.node().value())
                        .param("state", state.name())
                        .param("now", now())
                        .param("detail", instance.detail())
                        .param("fell", state == UnitState.DOWN ? now() : null)
                        .update()
                == 1;
    }

    /** @return whether it was judged otherwise before; what is no unit any more is not judged */
    public boolean judge(Unit unit, Verdict verdict) {
        return jdbc.sql("""
                        update unit set state = :state, since = :now, detail = :detail, fell_at = coalesce(:fell, fell_at)
                        where id = :id and state <> :state""")
                        .param("id", unit.key())
                        .param("state", verdict.state().name())
                        .param("now", now())
                        .param("detail", verdict.detail())
                        .param("fell", verdict.state() == UnitState.DOWN ? now() : null)
                        .update()
                == 1;
    }

    public void forget(String key) {
        jdbc.sql("delete from unit where id = ?").param(key).update();
    }

    public int count() {
        return jdbc.sql("select count(*) from unit").query(Integer.class).single();
    }

    /** How many went down after that, whether or not they are back; all that fell with one machine counts once. */
    public int fallenAfter(Instant instant) {
        return jdbc.sql("""
                        select count(distinct case when fell_with_machine or kind = 'MACHINE' then 'machine/' || machine
                                                   else id end)
                        from unit where fell_at > ?""")
                .param(instant.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    public List<Seen<Unit.Instance>> instances() {
        return jdbc.sql("select * from unit where kind = 'INSTANCE' order by app, service, id")
                .query((row, _) -> seen(row, instance(row)))
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Unit.Instance instance(ResultSet row) throws SQLException {
        return new Unit.Instance(
                new InstanceId(row.getString("id")),
                new AppName(row.getString("app")),
                new ServiceName(row.getString("service")));
    }

    static <U extends Unit> Seen<U> seen(ResultSet row, U unit) throws SQLException {
        return new Seen<>(
                unit,
                row.getString("machine"),
                UnitState.valueOf(row.getString("state")),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getString("detail"));
    }
}
