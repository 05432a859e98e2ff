package io.gantry.deployer.ledger;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Instances that were taken away long ago go from the book. */
@Configuration(proxyBeanMethods = false)
class InstanceHistory {
    @Bean
    History oldRetiredInstances() {
        return new History("instances", """
                delete from instance where id in (
                    select id from instance where retired_at < :limit order by retired_at limit :most for update skip locked)
                returning id""");
    }
}
