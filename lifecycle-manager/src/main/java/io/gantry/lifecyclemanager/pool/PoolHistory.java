package io.gantry.lifecyclemanager.pool;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Why machines came and went long ago is forgotten. That they were there is not: no name is given twice. */
@Configuration(proxyBeanMethods = false)
class PoolHistory {
    @Bean
    History oldPoolDecisions() {
        return History.of("decisions about pools", "pool_decision", "id", "at");
    }
}
