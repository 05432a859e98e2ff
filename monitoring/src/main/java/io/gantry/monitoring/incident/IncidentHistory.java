package io.gantry.monitoring.incident;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Incidents that were closed long ago go. */
@Configuration(proxyBeanMethods = false)
class IncidentHistory {
    @Bean
    History oldIncidents() {
        return History.of("incidents", "incident", "id", "closed_at");
    }
}
