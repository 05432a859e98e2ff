package io.gantry.deployer.node;

import io.gantry.remote.Engines;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EngineConnections {
    @Bean
    Engines engines(FleetSettings settings) {
        return new Engines(settings.sshKey());
    }
}
