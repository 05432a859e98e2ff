package io.gantry.deployer.rollout;

import io.gantry.remote.HealthProbe;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class Probing {
    @Bean
    HealthProbe healthProbe() {
        return new HealthProbe();
    }
}
