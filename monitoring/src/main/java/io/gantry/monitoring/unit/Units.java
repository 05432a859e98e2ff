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
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The units there are. What was stopped or replaced is not among them. */
@Component
public class Units {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InstantSource clock;

    Units(JdbcClient jdbc, JsonMapper json, InstantSource clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * An instance that was out of sight and is dead now fell with its machine.
     *
     * @return the state it is in now, if it was not known to be in that before
     */
    @Transactional
    public Optional<UnitState> see(Instance instance) {
        UnitState word = UnitState.of(instance.state());
        Optional<Known> known = hold(instance.id());
        UnitState state = known.map(before -> before.on(word)).orElse(word);
        boolean news = known.map(before -> before.state() != state).orElse(true);
        note(instance, word);
        if (news) {
            enter(instance, state);
        }
        return news ? Optional.of(state) : Optional.empty();
    }

    private Optional<Known> hold(InstanceId id) {
        return jdbc.sql("select word, state, hung from unit where id = ? for update")
                .param(id.value())
                .query((row, _) -> new Known(
                        UnitState.valueOf(row.getString("word")),
                        UnitState.valueOf(row.getString("state")),
                        row.getBoolean("hung")))
                .optional();
    }

    private void note(Instance instance, UnitState word) {
        jdbc.sql("""
                        insert into unit (id, kind, app, service, machine, state, since, word, told)
                        values (:id, 'INSTANCE', :app, :service, :machine, :word, :now, :word, :told::jsonb)
                        on conflict (id) do update set
                            machine = excluded.machine, word = excluded.word, told = excluded.told""")
                .param("id", instance.id().value())
                .param("app", instance.app().value())
                .param("service", instance.service().value())
                .param("machine", instance.node().value())
                .param("word", word.name())
                .param("now", now())
                .param("told", json.writeValueAsString(instance))
                .update();
    }

    private void enter(Instance instance, UnitState state) {
        jdbc.sql("""
                        update unit set
                            state = :state, since = :now, detail = coalesce(:detail, case when hung then detail end),
                            fell_at = coalesce(:fell, fell_at),
                            fell_with_machine = case when :state = 'DOWN' then state = 'UNKNOWN'
                                                     else fell_with_machine end
                        where id = :id""")
                .param("id", instance.id().value())
                .param("state", state.name())
                .param("now", now())
                .param("detail", instance.detail())
                .param("fell", state == UnitState.DOWN ? now() : null)
                .update();
    }

    /**
     * An instance is judged only while the service registry says that it runs. One that is down by that is hung.
     *
     * @return whether it was judged otherwise before; what is no unit any more is not judged
     */
    public boolean judge(Unit unit, Verdict verdict) {
        return jdbc.sql("""
                        update unit set state = :state, since = :now, detail = :detail, fell_at = coalesce(:fell, fell_at),
                            hung = kind = 'INSTANCE' and :state = 'DOWN',
                            fell_with_machine = fell_with_machine and :state <> 'DOWN'
                        where id = :id and state <> :state and (kind <> 'INSTANCE' or word = 'UP')""")
                        .param("id", unit.key())
                        .param("state", verdict.state().name())
                        .param("now", now())
                        .param("detail", verdict.detail())
                        .param("fell", verdict.state() == UnitState.DOWN ? now() : null)
                        .update()
                == 1;
    }

    /** Whether it is down because it does not answer, though its container runs. */
    public boolean isHung(Unit unit) {
        return jdbc.sql("select exists (select from unit where id = ? and hung)")
                .param(unit.key())
                .query(Boolean.class)
                .single();
    }

    /** The way to it is open. */
    public void reached(Unit.Instance unit) {
        jdbc.sql("update unit set reached = true where id = ?")
                .param(unit.key())
                .update();
    }

    /**
     * @param told by the service registry
     * @param hung whether it is down because it does not answer
     * @param reached whether the way to it was ever open
     */
    public record Running(Instance told, Seen<Unit.Instance> unit, boolean hung, boolean reached) {}

    /** Those that run, by the service registry. */
    public List<Running> running() {
        return jdbc.sql("select * from unit where kind = 'INSTANCE' and word = 'UP' and told is not null order by id")
                .query((row, _) -> new Running(
                        json.readValue(row.getString("told"), Instance.class),
                        seen(row, instance(row)),
                        row.getBoolean("hung"),
                        row.getBoolean("reached")))
                .list();
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
