package io.gantry.deployer.ledger;

import io.gantry.contract.AccessToken;
import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The instances that were brought up; those not retired are wanted. */
@Component
public class Instances {
    private final JdbcClient jdbc;
    private final InstantSource clock;

    Instances(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Oldest first; also those that have died since. */
    public List<Standing> standing(AppName app, ServiceName service) {
        return jdbc.sql("""
                        select * from instance where app = ? and service = ? and retired_at is null
                        order by started_at, id""")
                .params(app.value(), service.value())
                .query(Instances::standing)
                .list();
    }

    /** Whether the instance is one that was brought up on this node and is to stay. */
    public boolean isWantedOn(NodeId node, InstanceId instance) {
        return jdbc.sql("select exists (select from instance where id = ? and node = ? and retired_at is null)")
                .params(instance.value(), node.value())
                .query(Boolean.class)
                .single();
    }

    public boolean isWanted(InstanceId instance) {
        return jdbc.sql("select exists (select from instance where id = ? and retired_at is null)")
                .param(instance.value())
                .query(Boolean.class)
                .single();
    }

    /** Whether no other instance of the app is wanted on the node. */
    public boolean isAlone(AppName app, NodeId node, InstanceId instance) {
        return jdbc.sql("""
                        select not exists (
                            select from instance where app = ? and node = ? and id <> ? and retired_at is null)""")
                .params(app.value(), node.value(), instance.value())
                .query(Boolean.class)
                .single();
    }

    void enter(LegId leg, Standing standing) {
        jdbc.sql("""
                        insert into instance
                            (id, app, service, version, deployment, node, address, port, access_token, started_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (id) do update set
                            address = excluded.address, started_at = excluded.started_at, died_at = null""")
                .param(standing.id().value())
                .param(leg.app().value())
                .param(leg.service().value())
                .param(standing.version())
                .param(leg.token().value())
                .param(standing.at().node().value())
                .param(standing.at().address())
                .param(standing.at().port())
                .param(standing.access().value())
                .param(standing.startedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void enterRetirement(InstanceId instance) {
        jdbc.sql("update instance set retired_at = ? where id = ? and retired_at is null")
                .params(now(), instance.value())
                .update();
    }

    public void enterDeath(InstanceId instance) {
        jdbc.sql("update instance set died_at = ? where id = ? and died_at is null and retired_at is null")
                .params(now(), instance.value())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Standing standing(ResultSet row, int index) throws SQLException {
        InstanceAddress at = new InstanceAddress(
                new InstanceId(row.getString("id")),
                new NodeId(row.getString("node")),
                row.getString("address"),
                row.getObject("port", Integer.class));
        return new Standing(
                at,
                row.getInt("version"),
                new AccessToken(row.getString("access_token")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("died_at") == null);
    }
}
