package io.gantry.loadbalancer.scaling;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.Usage;
import io.gantry.loadbalancer.ServiceId;
import io.gantry.loadbalancer.scaling.Situation.Running;
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

/** The registered instances, and what each was last seen to use. */
@Component
class ScaledInstanceTable {
    private final JdbcClient jdbc;

    ScaledInstanceTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void put(Instance instance) {
        jdbc.sql("""
                insert into scaled_instance (id, app, service, version, deployment, cpu_limit, started_at)
                values (:id, :app, :service, :version, :deployment, :cpuLimit, :startedAt)
                on conflict (id) do nothing""")
                .param("id", instance.id().value())
                .param("app", instance.app().value())
                .param("service", instance.service().value())
                .param("version", instance.version())
                .param("deployment", instance.deployment().value())
                .param("cpuLimit", instance.resources().cpus())
                .param("startedAt", instance.startedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** @return of which service it was; none if it was not known */
    Optional<ServiceId> remove(InstanceId instance) {
        return jdbc.sql("delete from scaled_instance where id = ? returning app, service")
                .param(instance.value())
                .query(ScaledInstanceTable::service)
                .optional();
    }

    /** @return of which service it is; none if it is not known */
    Optional<ServiceId> sample(Usage.OfInstance usage, Instant at) {
        return jdbc.sql("update scaled_instance set cpu_use = ?, seen_at = ? where id = ? returning app, service")
                .param(usage.cpus())
                .param(at.atOffset(ZoneOffset.UTC))
                .param(usage.id().value())
                .query(ScaledInstanceTable::service)
                .optional();
    }

    List<Running> running(ServiceId service, Instant freshSince) {
        return jdbc.sql("""
                        select deployment, cpu_use / nullif(cpu_limit, 0) as part, seen_at
                        from scaled_instance where app = ? and service = ? order by started_at, id""")
                .param(service.app().value())
                .param(service.service().value())
                .query((row, index) ->
                        new Running(new DeploymentToken(row.getString("deployment")), freshPart(row, freshSince)))
                .list();
    }

    private static @Nullable Double freshPart(ResultSet row, Instant freshSince) throws SQLException {
        OffsetDateTime seenAt = row.getObject("seen_at", OffsetDateTime.class);
        boolean fresh = seenAt != null && !seenAt.toInstant().isBefore(freshSince);
        return fresh ? row.getObject("part", Double.class) : null;
    }

    private static ServiceId service(ResultSet row, int index) throws SQLException {
        return new ServiceId(new AppName(row.getString("app")), new ServiceName(row.getString("service")));
    }
}
