package io.gantry.deployer.node;

import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.deployer.ledger.Json;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The nodes, as they were last published. */
@Component
public class Nodes {
    private final JdbcClient jdbc;
    private final Json json;

    Nodes(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public Optional<Node> find(NodeId id) {
        return jdbc.sql("select node from node where id = ?")
                .param(id.value())
                .query(String.class)
                .optional()
                .map(this::read);
    }

    public List<Node> all() {
        return jdbc.sql("select node from node").query(String.class).list().stream()
                .map(this::read)
                .toList();
    }

    public List<Node> ready() {
        return all().stream().filter(node -> node.state() == NodeState.READY).toList();
    }

    void put(Node node) {
        jdbc.sql("insert into node (id, node) values (?, ?::jsonb) on conflict (id) do update set node = excluded.node")
                .params(node.id().value(), json.write(node))
                .update();
    }

    void remove(NodeId id) {
        jdbc.sql("delete from node where id = ?").param(id.value()).update();
    }

    private Node read(String stored) {
        return json.read(stored, Node.class);
    }
}
