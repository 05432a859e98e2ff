package io.gantry.lifecyclemanager.operation;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Operations that are long over go. */
@Configuration(proxyBeanMethods = false)
class OperationHistory {
    @Bean
    History oldOperations() {
        return new History("operations", """
                delete from operation where token in (
                    select token from operation where finished_at < :limit
                    order by finished_at limit :most for update skip locked)
                returning token""");
    }
}
