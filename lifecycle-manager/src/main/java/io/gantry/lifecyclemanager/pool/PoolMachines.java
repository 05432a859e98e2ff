package io.gantry.lifecyclemanager.pool;

import io.gantry.fleet.Machine;
import io.gantry.fleet.Pool;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.machine.MachineTable;
import io.gantry.lifecyclemanager.pool.PoolDecision.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The machines of pools. Each change is kept with its reason; whoever changes them raises the fleet's revision, too. */
@Component
@OnlyInFleet
public class PoolMachines {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final MachineTable machines;

    PoolMachines(JdbcClient jdbc, JsonMapper json, MachineTable machines) {
        this.jdbc = jdbc;
        this.json = json;
        this.machines = machines;
    }

    /** Those that are to be there, or are drained; the oldest first. */
    public List<PoolMachine> present() {
        return jdbc.sql("select * from pool_machine where removed_at is null order by added_at, number")
                .query((row, _) -> machine(row))
                .list();
    }

    /** When each pool's last machine came or went. */
    public Map<String, Instant> changes() {
        Map<String, Instant> changes = new HashMap<>();
        jdbc.sql("select pool, max(greatest(added_at, removed_at)) as at from pool_machine group by pool")
                .query(row -> {
                    changes.put(row.getString("pool"), instant(row, "at"));
                });
        return changes;
    }

    /** The newest first. */
    public List<PoolDecision> decisions(int count) {
        return jdbc.sql("select * from pool_decision order by id desc limit ?")
                .param(count)
                .query((row, _) -> new PoolDecision(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("pool"),
                        row.getString("machine"),
                        row.getString("reason")))
                .list();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void add(Pool pool, String reason, Instant now) {
        int number = jdbc.sql("select coalesce(max(number), 0) + 1 from pool_machine where pool = ?")
                .param(pool.name())
                .query(Integer.class)
                .single();
        Machine machine = pool.machine(number);
        jdbc.sql("""
                        insert into pool_machine (name, pool, number, document, added_at)
                        values (:name, :pool, :number, :document::json, :now)""")
                .param("name", machine.name())
                .param("pool", pool.name())
                .param("number", number)
                .param("document", json.writeValueAsString(machine))
                .param("now", utc(now))
                .update();
        record(Kind.ADD, pool.name(), machine.name(), reason, now);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void drain(PoolMachine machine, String reason, Instant now) {
        leaving(machine, now);
        record(Kind.DRAIN, machine.pool(), machine.name(), reason, now);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(PoolMachine machine, String reason, Instant now) {
        leaving(machine, null);
        record(Kind.KEEP, machine.pool(), machine.name(), reason, now);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void remove(PoolMachine machine, String reason, Instant now) {
        jdbc.sql("update pool_machine set removed_at = ? where name = ?")
                .params(utc(now), machine.name())
                .update();
        record(Kind.REMOVE, machine.pool(), machine.name(), reason, now);
    }

    private void leaving(PoolMachine machine, @Nullable Instant since) {
        jdbc.sql("update pool_machine set leaving_at = :since where name = :name")
                .param("since", since == null ? null : utc(since))
                .param("name", machine.name())
                .update();
        machines.cordon(machine.name(), since != null);
    }

    private void record(Kind kind, String pool, String machine, String reason, Instant now) {
        jdbc.sql("""
                        insert into pool_decision (at, kind, pool, machine, reason)
                        values (:at, :kind, :pool, :machine, :reason)""")
                .param("at", utc(now))
                .param("kind", kind.name())
                .param("pool", pool)
                .param("machine", machine)
                .param("reason", reason)
                .update();
    }

    private static PoolMachine machine(ResultSet row) throws SQLException {
        @Nullable OffsetDateTime leaving = row.getObject("leaving_at", OffsetDateTime.class);
        return new PoolMachine(
                row.getString("name"),
                row.getString("pool"),
                instant(row, "added_at"),
                leaving == null ? null : leaving.toInstant());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
