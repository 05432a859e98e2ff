package io.gantry.lifecyclemanager.recovery;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What monitoring asked for goes once its operation has gone; no message is as old by then that could ask for it again. */
@Configuration(proxyBeanMethods = false)
class RecoveryHistory {
    @Bean
    History oldRecoveries() {
        return new History("recoveries", """
                delete from recovery where token in (
                    select token from recovery
                    where asked_at < :limit and not exists (select from operation where operation.token = recovery.token)
                    order by asked_at limit :most for update skip locked)
                returning token""");
    }
}
