package io.gantry.nodemanager.registry;

import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Instance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The registry's entries in the database. */
@Component
class InstanceTable {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    InstanceTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Nobody else changes it until the transaction ends. */
    Optional<Entry> hold(InstanceId id) {
        return jdbc.sql("select adopted, document from instance where id = ? for update")
                .param(id.value())
                .query(this::entry)
                .optional();
    }

    Optional<Entry> find(InstanceId id) {
        return jdbc.sql("select adopted, document from instance where id = ?")
                .param(id.value())
                .query(this::entry)
                .optional();
    }

    void save(Entry entry) {
        insert(entry, """
                do update set app = excluded.app, service = excluded.service, node = excluded.node,
                    state = excluded.state, adopted = excluded.adopted, document = excluded.document""");
    }

    /** @return false if it was there, or was entered by somebody else just now */
    boolean saveIfAbsent(Entry entry) {
        return insert(entry, "do nothing") == 1;
    }

    private int insert(Entry entry, String onConflict) {
        Instance instance = entry.instance();
        return jdbc.sql("""
                insert into instance (id, app, service, node, state, adopted, document)
                values (:id, :app, :service, :node, :state, :adopted, :document::jsonb)
                on conflict (id) %s""".formatted(onConflict))
                .param("id", instance.id().value())
                .param("app", instance.app().value())
                .param("service", instance.service().value())
                .param("node", instance.node().value())
                .param("state", instance.state().name())
                .param("adopted", entry.adopted())
                .param("document", json.writeValueAsString(instance))
                .update();
    }

    /** @return whether it was there */
    boolean delete(InstanceId id) {
        return jdbc.sql("delete from instance where id = ?").param(id.value()).update() == 1;
    }

    List<Entry> on(NodeId node) {
        return jdbc.sql("select adopted, document from instance where node = ? order by id")
                .param(node.value())
                .query(this::entry)
                .list();
    }

    List<Instance> matching(InstanceFilter filter) {
        return jdbc.sql("""
                select adopted, document from instance
                where (:app::text is null or app = :app) and (:service::text is null or service = :service)
                    and (:node::text is null or node = :node) and (:state::text is null or state = :state)
                order by app, service, document ->> 'startedAt', id""").paramSource(filter.asText()).query(this::entry).list().stream()
                .map(Entry::instance)
                .toList();
    }

    void rememberDeregistered(InstanceId id, Instant at) {
        jdbc.sql("insert into deregistered (id, at) values (?, ?) on conflict (id) do nothing")
                .param(id.value())
                .param(at.atOffset(ZoneOffset.UTC))
                .update();
    }

    void forgetDeregistered(InstanceId id) {
        jdbc.sql("delete from deregistered where id = ?").param(id.value()).update();
    }

    void forgetDeregisteredBefore(Instant limit) {
        jdbc.sql("delete from deregistered where at < ?")
                .param(limit.atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean wasDeregistered(InstanceId id) {
        return jdbc.sql("select count(*) from deregistered where id = ?")
                        .param(id.value())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(json.readValue(row.getString("document"), Instance.class), row.getBoolean("adopted"));
    }
}
