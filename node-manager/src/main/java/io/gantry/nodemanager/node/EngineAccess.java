package io.gantry.nodemanager.node;

import io.gantry.remote.Engines;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one door to all engines. */
@Configuration(proxyBeanMethods = false)
class EngineAccess {
    @Bean
    Engines engines(FleetSettings fleet) {
        return new Engines(fleet.sshKey());
    }
}
