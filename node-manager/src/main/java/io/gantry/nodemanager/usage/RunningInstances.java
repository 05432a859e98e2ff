package io.gantry.nodemanager.usage;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The instances that run on a node, asked for every second: ids and names only. */
@Component
class RunningInstances {
    private final JdbcClient jdbc;

    RunningInstances(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<RunningInstance> on(NodeId node) {
        return jdbc.sql("select id, app, service from instance where node = ? and state = 'RUNNING' order by id")
                .param(node.value())
                .query((row, _) -> new RunningInstance(
                        new InstanceId(row.getString("id")),
                        new AppName(row.getString("app")),
                        new ServiceName(row.getString("service"))))
                .list();
    }
}
