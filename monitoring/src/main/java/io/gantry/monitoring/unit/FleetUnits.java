package io.gantry.monitoring.unit;

import io.gantry.contract.fleet.PlatformReplica;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The machines and the replicas of platform services that are to be there, as the lifecycle manager told of them. */
@Component
public class FleetUnits {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InstantSource clock;

    FleetUnits(JdbcClient jdbc, JsonMapper json, InstantSource clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** @param unit as it was last judged */
    public record MachineUnit(PreparedMachine told, Seen<Unit.Machine> unit) {}

    /** @param unit as it was last judged */
    public record ReplicaUnit(PlatformReplica told, Seen<Unit.Replica> unit) {}

    public void told(PreparedMachine machine) {
        Unit.Machine unit = new Unit.Machine(machine.id().value());
        enter(unit, "MACHINE", unit.name(), null, machine);
    }

    public void told(PlatformReplica replica) {
        Unit.Replica unit = new Unit.Replica(replica.service(), replica.machine());
        enter(unit, "REPLICA", unit.machine(), unit.service(), replica);
    }

    private void enter(Unit unit, String kind, String machine, @Nullable String service, Object told) {
        jdbc.sql("""
                        insert into unit (id, kind, service, machine, state, since, told)
                        values (:id, :kind, :service, :machine, 'UNKNOWN', :now, :told::jsonb)
                        on conflict (id) do update set told = excluded.told""")
                .param("id", unit.key())
                .param("kind", kind)
                .param("service", service)
                .param("machine", machine)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("told", json.writeValueAsString(told))
                .update();
    }

    public List<MachineUnit> machines() {
        return jdbc.sql("select * from unit where kind = 'MACHINE' order by id")
                .query((row, _) -> {
                    var told = json.readValue(row.getString("told"), PreparedMachine.class);
                    return new MachineUnit(told, Units.seen(row, new Unit.Machine(row.getString("machine"))));
                })
                .list();
    }

    public List<ReplicaUnit> replicas() {
        return jdbc.sql("select * from unit where kind = 'REPLICA' order by id")
                .query((row, _) -> {
                    var told = json.readValue(row.getString("told"), PlatformReplica.class);
                    return new ReplicaUnit(told, Units.seen(row, new Unit.Replica(told.service(), told.machine())));
                })
                .list();
    }

    public void told(Node node) {
        jdbc.sql("""
                        insert into node (id, state, told) values (?, ?, ?::jsonb)
                        on conflict (id) do update set state = excluded.state, told = excluded.told""")
                .params(node.id().value(), node.state().name(), json.writeValueAsString(node))
                .update();
    }

    public void forgetNode(String id) {
        jdbc.sql("delete from node where id = ?").param(id).update();
    }

    /** The node-manager's word, by the names of machines. */
    public Map<String, NodeState> nodes() {
        return jdbc
                .sql("select id, state from node")
                .query((row, _) -> Map.entry(row.getString("id"), NodeState.valueOf(row.getString("state"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The nodes themselves, as the node-manager told of them last. */
    public List<Node> nodesAsTold() {
        return jdbc.sql("select told from node where told is not null")
                .query((row, _) -> json.readValue(row.getString("told"), Node.class))
                .list();
    }
}
