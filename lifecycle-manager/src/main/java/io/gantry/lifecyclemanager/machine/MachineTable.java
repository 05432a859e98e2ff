package io.gantry.lifecyclemanager.machine;

import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.MachineSize;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.remote.HostKey;
import io.gantry.remote.SshTarget;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The machines as they are known. Whoever writes here holds the lease, or makes known what the bootstrapper found. */
@Component
@OnlyInFleet
public class MachineTable {
    private final JdbcClient jdbc;

    MachineTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<KnownMachine> all() {
        return jdbc.sql("select * from machine order by name")
                .query((row, _) -> machine(row))
                .list();
    }

    public Optional<KnownMachine> find(String name) {
        return jdbc.sql("select * from machine where name = ?")
                .param(name)
                .query((row, _) -> machine(row))
                .optional();
    }

    /** Nobody changes one of them until the transaction has ended. In the order in which what was seen of them is written down. */
    public void hold() {
        jdbc.sql("select name from machine order by name collate \"C\" for update")
                .query(String.class)
                .list();
    }

    /** @return the key that is pinned now; the one that was, if there was one */
    public HostKey pin(String name, HostKey key) {
        return HostKey.parse(
                jdbc.sql("""
                        insert into machine (name, host_key) values (?, ?)
                        on conflict (name) do update set host_key = coalesce(machine.host_key, excluded.host_key)
                        returning host_key""").params(name, key.toString()).query(String.class).single());
    }

    /** What was prepared there is gone with the machine that had the key. */
    public void unpin(String name) {
        jdbc.sql("""
                        update machine set host_key = null, engine = null, prepared_at = null, prepared_for = null,
                            cpus = null, memory = null, size_refused = null, size_refused_why = null
                        where name = ?""").param(name).update();
    }

    /** By which to leave a host that was taken in and never prepared; the login that one was prepared by stays. */
    public void leaves(String name, URI login) {
        jdbc.sql("update machine set login = coalesce(login, ?) where name = ?")
                .params(login.toString(), name)
                .update();
    }

    /** @param state in the provider's words */
    public void saw(String name, String state, @Nullable String address, @Nullable String problem) {
        saw(name, state, address, problem, true);
    }

    /** Of one that leaves: if it was forgotten meanwhile, it stays forgotten. */
    public void sawLeaving(String name, String state, @Nullable String address, @Nullable String problem) {
        saw(name, state, address, problem, false);
    }

    private void saw(String name, String state, @Nullable String address, @Nullable String problem, boolean wanted) {
        jdbc.sql("""
                        insert into machine (name, state, address, problem)
                        select :name, :state, :address, :problem
                        where :wanted or exists (select from machine where name = :name)
                        on conflict (name) do update
                        set state = excluded.state, address = coalesce(excluded.address, machine.address),
                            problem = excluded.problem
                        where (machine.state, machine.problem, machine.address)
                            is distinct from (excluded.state, excluded.problem, coalesce(excluded.address, machine.address))""")
                .param("name", name)
                .param("state", state)
                .param("address", address)
                .param("problem", problem)
                .param("wanted", wanted)
                .update();
    }

    /** Since when it is prepared stays as it was, if it was prepared before. */
    public void prepared(
            String name, SshTarget login, URI engine, String registry, double cpus, Memory memory, Instant at) {
        jdbc.sql("""
                        update machine set login = :login, engine = :engine, prepared_for = :registry, cpus = :cpus, memory = :memory,
                            prepared_at = coalesce(prepared_at, :at)
                        where name = :name""")
                .param("name", name)
                .param("login", login.uri().toString())
                .param("engine", engine.toString())
                .param("registry", registry)
                .param("cpus", cpus)
                .param("memory", memory.toString())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** It is so large now. */
    public void sized(String name, MachineSize size) {
        jdbc.sql("""
                        update machine set cpus = :cpus, memory = :memory, size_refused = null, size_refused_why = null
                        where name = :name""")
                .param("name", name)
                .param("cpus", size.cpus())
                .param("memory", size.memory().toString())
                .update();
    }

    /** Its provider did not give it that size. */
    public void sizeRefused(String name, String size, String why) {
        jdbc.sql("update machine set size_refused = ?, size_refused_why = ? where name = ?")
                .params(size, why, name)
                .update();
    }

    /** What providers refused is asked for once more. */
    public void forgetRefusals() {
        jdbc.sql("update machine set size_refused = null, size_refused_why = null where size_refused is not null")
                .update();
    }

    /** It is switched on now. */
    public void boots(String name, Instant at) {
        jdbc.sql("update machine set boots_since = ? where name = ?")
                .params(at.atOffset(ZoneOffset.UTC), name)
                .update();
    }

    /** It answers, or was not switched on after all. */
    public void bootsNoMore(String name) {
        jdbc.sql("update machine set boots_since = null where name = ?")
                .param(name)
                .update();
    }

    /** Whether it takes new instances. */
    public void cordon(String name, boolean cordoned) {
        jdbc.sql("update machine set cordoned = ? where name = ?")
                .params(cordoned, name)
                .update();
    }

    public void remove(String name) {
        jdbc.sql("delete from machine where name = ?").param(name).update();
    }

    private static KnownMachine machine(ResultSet row) throws SQLException {
        @Nullable String login = row.getString("login");
        @Nullable String engine = row.getString("engine");
        @Nullable String memory = row.getString("memory");
        @Nullable OffsetDateTime preparedAt = row.getObject("prepared_at", OffsetDateTime.class);
        @Nullable OffsetDateTime bootsSince = row.getObject("boots_since", OffsetDateTime.class);
        return new KnownMachine(
                row.getString("name"),
                row.getString("state"),
                row.getString("address"),
                row.getString("host_key"),
                login == null ? null : URI.create(login),
                engine == null ? null : URI.create(engine),
                preparedAt == null ? null : preparedAt.toInstant(),
                row.getString("prepared_for"),
                row.getObject("cpus", Double.class),
                memory == null ? null : Memory.parse(memory),
                row.getBoolean("cordoned"),
                bootsSince == null ? null : bootsSince.toInstant(),
                row.getString("problem"),
                row.getString("size_refused"),
                row.getString("size_refused_why"));
    }
}
