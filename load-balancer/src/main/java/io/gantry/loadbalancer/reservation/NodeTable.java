package io.gantry.loadbalancer.reservation;

import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Node;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Nodes in the database, as the node-manager last told of them. */
@Component
class NodeTable {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    NodeTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param node none: it is gone */
    void save(NodeId id, @Nullable Node node, long revision) {
        jdbc.sql("""
                insert into node (id, document, revision) values (:id, :document::jsonb, :revision)
                on conflict (id) do update set document = excluded.document, revision = excluded.revision""")
                .param("id", id.value())
                .param("document", node == null ? null : json.writeValueAsString(node))
                .param("revision", revision)
                .update();
    }

    void changedAfter(long revision, BiConsumer<NodeId, @Nullable Node> each) {
        jdbc.sql("select id, document from node where revision > ? order by id")
                .param(revision)
                .query(row -> {
                    String document = row.getString("document");
                    each.accept(
                            new NodeId(row.getString("id")),
                            document == null ? null : json.readValue(document, Node.class));
                });
    }
}
