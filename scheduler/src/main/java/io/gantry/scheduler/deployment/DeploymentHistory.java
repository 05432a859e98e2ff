package io.gantry.scheduler.deployment;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Deployments that are long over go, with their build logs. Of each app the newest stay, so that it can be seen what came before. */
@Configuration(proxyBeanMethods = false)
class DeploymentHistory {
    private static final int STAY = 20;

    @Bean
    History oldDeployments() {
        return new History("deployments", """
                with gone as (
                    delete from deployment where token in (
                        select token from deployment old
                        where state not in ('ACCEPTED', 'RUNNING') and requested_at < :limit
                              and exists (
                                  select from deployment newer
                                  where newer.app = old.app and (newer.requested_at, newer.token) > (old.requested_at, old.token)
                                  offset %d)
                        order by requested_at limit :most for update skip locked)
                    returning token),
                logs as (delete from build_log using gone where build_log.token = gone.token)
                select token from gone""".formatted(STAY - 1));
    }
}
