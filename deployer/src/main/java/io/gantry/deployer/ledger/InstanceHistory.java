package io.gantry.deployer.ledger;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Instances that were taken away long ago go from the book. */
@Configuration(proxyBeanMethods = false)
class InstanceHistory {
    @Bean
    History oldRetiredInstances() {
        return History.of("instances", "instance", "id", "retired_at");
    }
}
