package io.gantry.monitoring.incident;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Incidents that were closed long ago go. */
@Configuration(proxyBeanMethods = false)
class IncidentHistory {
    @Bean
    History oldIncidents() {
        return new History("incidents", """
                delete from incident where id in (
                    select id from incident where closed_at < :limit order by closed_at limit :most for update skip locked)
                returning id""");
    }
}
