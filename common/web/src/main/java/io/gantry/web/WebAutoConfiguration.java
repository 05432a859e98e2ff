package io.gantry.web;

import io.gantry.tracing.Traces;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Gives a service the common part of its REST surface. */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@EnableConfigurationProperties(WebSettings.class)
class WebAutoConfiguration {
    /** After what counts and measures requests, before what refuses them. */
    private static final int EARLY = Ordered.HIGHEST_PRECEDENCE + 5;

    @Bean
    Problems problems(ObjectProvider<Traces> traces) {
        return new Problems(traces.getIfAvailable(Traces::off));
    }

    @Bean
    @ConditionalOnProperty("gantry.tracing.endpoint")
    FilterRegistrationBean<TraceFilter> traceFilter(Traces traces) {
        var registration = new FilterRegistrationBean<>(new TraceFilter(traces));
        registration.setOrder(EARLY);
        return registration;
    }

    @Bean
    ContainerErrors containerErrors() {
        return new ContainerErrors();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerReport() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ContainerReport.class.getName());
            }
        });
    }

    @Bean
    PathFilter pathFilter(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
        return new PathFilter(errors);
    }

    @Bean
    OriginFilter originFilter(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
        return new OriginFilter(errors);
    }

    /** Where keys are wanted, a page of another site has none. */
    @Bean
    @ConditionalOnBooleanProperty(name = "gantry.access.required", havingValue = false, matchIfMissing = true)
    HostFilter hostFilter(
            WebSettings settings, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
        return new HostFilter(settings.names(), errors);
    }

    @Bean
    BodyLimitFilter bodyLimitFilter(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
        return new BodyLimitFilter(errors);
    }
}
