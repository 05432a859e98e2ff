package io.gantry.nodemanager.node;

import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Nodes in the database. */
@Component
class NodeTable {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    NodeTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param problem what is wrong with it, a sentence: why it can't be reached, or that its clock is wrong */
    record Known(Node node, @Nullable String problem) {}

    Optional<Known> find(NodeId id) {
        return jdbc.sql("select document, problem from node where id = ?")
                .param(id.value())
                .query(this::known)
                .optional();
    }

    List<Known> all() {
        return jdbc.sql("select document, problem from node order by id")
                .query(this::known)
                .list();
    }

    void save(Node node, @Nullable String problem) {
        jdbc.sql("""
                insert into node (id, document, problem) values (:id, :document::jsonb, :problem)
                on conflict (id) do update set document = excluded.document, problem = excluded.problem""")
                .param("id", node.id().value())
                .param("document", json.writeValueAsString(node))
                .param("problem", problem)
                .update();
    }

    void delete(NodeId id) {
        jdbc.sql("delete from node where id = ?").param(id.value()).update();
    }

    private Known known(ResultSet row, int number) throws SQLException {
        return new Known(json.readValue(row.getString("document"), Node.class), row.getString("problem"));
    }
}
