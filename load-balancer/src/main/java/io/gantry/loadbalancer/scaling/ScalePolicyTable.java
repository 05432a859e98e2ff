package io.gantry.loadbalancer.scaling;

import io.gantry.contract.manifest.Scale;
import io.gantry.loadbalancer.ServiceId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How each version of a service wants to be scaled. What holds is what the youngest running version says. */
@Component
class ScalePolicyTable {
    private final JdbcClient jdbc;

    ScalePolicyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void put(ServiceId service, int version, Scale scale, Instant now) {
        jdbc.sql("""
                insert into scale_policy (app, service, version, least, most, cpu, told_at)
                values (:app, :service, :version, :least, :most, :cpu, :now)
                on conflict (app, service, version) do update set
                    least = excluded.least, most = excluded.most, cpu = excluded.cpu, told_at = excluded.told_at""")
                .param("app", service.app().value())
                .param("service", service.service().value())
                .param("version", version)
                .param("least", scale.min())
                .param("most", scale.max())
                .param("cpu", scale.cpu())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Scale> find(ServiceId service) {
        return jdbc.sql("""
                        select least as min, most as max, cpu
                        from scale_policy join scaled_instance using (app, service, version)
                        where app = ? and service = ?
                        order by started_at desc limit 1""")
                .param(service.app().value())
                .param(service.service().value())
                .query(Scale.class)
                .optional();
    }

    /** Forgets what versions said that do not run. */
    void forget(Instant toldBefore) {
        jdbc.sql("""
                delete from scale_policy policy
                where told_at < ? and not exists (
                    select from scaled_instance instance
                    where (instance.app, instance.service, instance.version)
                        = (policy.app, policy.service, policy.version))""").param(toldBefore.atOffset(ZoneOffset.UTC)).update();
    }
}
