package io.gantry.loadbalancer.decision;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Decisions of long ago go, but for those about what still runs. */
@Configuration(proxyBeanMethods = false)
class DecisionHistory {
    @Bean
    History oldDecisions() {
        return new History("decisions", """
                delete from decision where id in (
                    select id from decision
                    where at < :limit
                          and not exists (select from reservation
                                          where reservation.instance = decision.instance and state = 'IN_USE')
                    order by at limit :most for update skip locked)
                returning id""");
    }
}
