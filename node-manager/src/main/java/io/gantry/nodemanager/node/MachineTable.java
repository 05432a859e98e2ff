package io.gantry.nodemanager.node;

import io.gantry.contract.NodeId;
import io.gantry.contract.fleet.PreparedMachine;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Machines of the fleet, in the database. */
@Component
class MachineTable {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    MachineTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    List<PreparedMachine> all() {
        return jdbc.sql("select document from machine order by id").query(String.class).list().stream()
                .map(this::machine)
                .toList();
    }

    void save(PreparedMachine machine) {
        jdbc.sql("""
                insert into machine (id, document) values (:id, :document::jsonb)
                on conflict (id) do update set document = excluded.document""")
                .param("id", machine.id().value())
                .param("document", json.writeValueAsString(machine))
                .update();
    }

    void delete(NodeId id) {
        jdbc.sql("delete from machine where id = ?").param(id.value()).update();
    }

    private PreparedMachine machine(String document) {
        return json.readValue(document, PreparedMachine.class);
    }
}
