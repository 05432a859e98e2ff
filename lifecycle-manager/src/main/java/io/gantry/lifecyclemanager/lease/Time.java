package io.gantry.lifecyclemanager.lease;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class Time {
    @Bean
    Ticker ticker() {
        return System::nanoTime;
    }
}
