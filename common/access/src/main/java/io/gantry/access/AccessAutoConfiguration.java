package io.gantry.access;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Has every request of a service checked, where the fleet wants it. */
@AutoConfiguration(afterName = {"io.gantry.web.WebAutoConfiguration", "io.gantry.messaging.MessagingAutoConfiguration"})
@ConditionalOnBooleanProperty("gantry.access.required")
class AccessAutoConfiguration {
    /** After what counts and measures requests, before everything that reads them. */
    private static final int EARLY = Ordered.HIGHEST_PRECEDENCE + 10;

    @Bean
    @ConditionalOnMissingBean(ApiKeys.class)
    TopicKeys topicKeys(ConsumerFactory<String, Object> consumers) {
        return new TopicKeys(consumers);
    }

    @Bean
    FilterRegistrationBean<AccessFilter> accessFilter(
            ApiKeys keys,
            InstantSource clock,
            MeterRegistry metrics,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
        var registration = new FilterRegistrationBean<>(new AccessFilter(keys, clock, metrics, errors));
        registration.setOrder(EARLY);
        return registration;
    }
}
