package io.gantry.monitoring.alert;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What people were told long ago goes. */
@Configuration(proxyBeanMethods = false)
class AlertHistory {
    @Bean
    History oldAlerts() {
        return new History("alerts", """
                delete from alert where id in (
                    select id from alert where raised_at < :limit order by raised_at limit :most for update skip locked)
                returning id""");
    }
}
