package io.gantry.loadbalancer.scaling;

import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.loadbalancer.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is remembered of the scaling of each service. */
@Component
class ScaledServiceTable {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    ScaledServiceTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Nobody else changes it until the transaction ends. */
    ScaleState lock(ServiceId service, Instant now) {
        jdbc.sql("""
                insert into scaled_service (app, service, state, restless) values (?, ?, ?::jsonb, false)
                on conflict do nothing""")
                .param(service.app().value())
                .param(service.service().value())
                .param(json.writeValueAsString(ScaleState.fresh(now)))
                .update();
        return read(service, " for update").orElseThrow();
    }

    Optional<ScaleState> find(ServiceId service) {
        return read(service, "");
    }

    void save(ServiceId service, ScaleState state, boolean restless) {
        jdbc.sql("update scaled_service set state = ?::jsonb, restless = ? where app = ? and service = ?")
                .param(json.writeValueAsString(state))
                .param(restless)
                .param(service.app().value())
                .param(service.service().value())
                .update();
    }

    void delete(ServiceId service) {
        jdbc.sql("delete from scaled_service where app = ? and service = ?")
                .param(service.app().value())
                .param(service.service().value())
                .update();
    }

    List<ServiceId> restless() {
        return jdbc.sql("select app, service from scaled_service where restless")
                .query((row, index) ->
                        new ServiceId(new AppName(row.getString("app")), new ServiceName(row.getString("service"))))
                .list();
    }

    private Optional<ScaleState> read(ServiceId service, String locking) {
        return jdbc.sql("select state from scaled_service where app = ? and service = ?" + locking)
                .param(service.app().value())
                .param(service.service().value())
                .query((row, index) -> json.readValue(row.getString("state"), ScaleState.class))
                .optional();
    }
}
