package io.gantry.monitoring.alert;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What people were told long ago goes. */
@Configuration(proxyBeanMethods = false)
class AlertHistory {
    @Bean
    History oldAlerts() {
        return History.of("alerts", "alert", "id", "raised_at");
    }
}
