package io.gantry.lifecyclemanager.operation;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Operations that are long over go. */
@Configuration(proxyBeanMethods = false)
class OperationHistory {
    @Bean
    History oldOperations() {
        return History.of("operations", "operation", "token", "finished_at");
    }
}
