package io.gantry.web;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Gives a service the common part of its REST surface. */
@AutoConfiguration
class WebAutoConfiguration {
    @Bean
    Problems problems() {
        return new Problems();
    }

    @Bean
    OriginFilter originFilter(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
        return new OriginFilter(errors);
    }

    @Bean
    BodyLimitFilter bodyLimitFilter(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
        return new BodyLimitFilter(errors);
    }
}
