package io.gantry.deployer.request;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Requests that are long over go, with their legs. No message is as old by then that could ask for one again. */
@Configuration(proxyBeanMethods = false)
class RequestHistory {
    @Bean
    History oldRequests() {
        return new History("requests", """
                with gone as (
                    select token from request
                    where finished_at < :limit
                          and not exists (select from leg where leg.token = request.token and not ended)
                    order by finished_at limit :most for update skip locked),
                legs as (delete from leg using gone where leg.token = gone.token)
                delete from request using gone where request.token = gone.token returning request.token""");
    }
}
