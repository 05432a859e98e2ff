package io.gantry.database.history;

import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Has a service that keeps history forget it in time. */
@AutoConfiguration
@ConditionalOnBean(History.class)
@EnableConfigurationProperties(HistorySettings.class)
class HistoryAutoConfiguration {
    @Bean
    HistoryKeeper historyKeeper(
            JdbcClient jdbc, InstantSource clock, HistorySettings settings, List<History> histories) {
        return new HistoryKeeper(jdbc, clock, settings, histories);
    }
}
