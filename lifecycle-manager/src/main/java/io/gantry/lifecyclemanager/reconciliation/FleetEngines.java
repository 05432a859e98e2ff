package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.remote.Engines;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@OnlyInFleet
class FleetEngines {
    @Bean(destroyMethod = "close")
    Engines engines(FleetAccess access) {
        return new Engines(access.sshKey());
    }
}
