package io.gantry.tracing;

import java.net.URI;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Gives a service its traces, under its own name also where several services share a JVM. */
@AutoConfiguration
@EnableConfigurationProperties(TracingSettings.class)
class TracingAutoConfiguration {
    @Bean
    Traces traces(TracingSettings settings, Environment environment, ObjectProvider<InstantSource> clock) {
        URI endpoint = settings.endpoint();
        if (endpoint == null) {
            return Traces.off();
        }
        String service = environment.getProperty("spring.application.name", "gantry");
        return Collector.at(
                endpoint, service, settings.sampled(), () -> clock.getObject().instant());
    }
}
