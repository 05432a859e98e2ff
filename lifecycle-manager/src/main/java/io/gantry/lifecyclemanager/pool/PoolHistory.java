package io.gantry.lifecyclemanager.pool;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Why machines came and went long ago is forgotten. That they were there is not: no name is given twice. */
@Configuration(proxyBeanMethods = false)
class PoolHistory {
    @Bean
    History oldPoolDecisions() {
        return new History("decisions about pools", """
                delete from pool_decision where id in (
                    select id from pool_decision where at < :limit order by id limit :most for update skip locked)
                returning id""");
    }
}
