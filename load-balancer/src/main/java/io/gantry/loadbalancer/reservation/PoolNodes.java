package io.gantry.loadbalancer.reservation;

import io.gantry.contract.placement.CapacityReport;
import io.gantry.contract.placement.CapacityReport.PoolNode;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The nodes that belong to pools, and how they are used. */
@Component
class PoolNodes {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    PoolNodes(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    List<PoolNode> all() {
        return jdbc.sql("""
                        select document,
                               exists (select from reservation
                                       where node = node.id and state in ('HELD', 'RESERVED', 'IN_USE')) as used,
                               (select max(changed_at) from reservation where node = node.id) as last_use
                        from node where document -> 'labels' ->> :pool is not null order by id""")
                .param("pool", CapacityReport.POOL)
                .query((row, _) -> poolNode(row))
                .list();
    }

    private PoolNode poolNode(ResultSet row) throws SQLException {
        Node node = json.readValue(row.getString("document"), Node.class);
        return new PoolNode(
                node.id(),
                node.state() == NodeState.READY,
                node.cordoned(),
                row.getBoolean("used") ? null : later(node.since(), row.getObject("last_use", OffsetDateTime.class)));
    }

    /** An ended reservation is forgotten after a day; by then it is no news how long the node has been idle. */
    private static Instant later(Instant ready, @Nullable OffsetDateTime lastUse) {
        return lastUse == null || lastUse.toInstant().isBefore(ready) ? ready : lastUse.toInstant();
    }
}
