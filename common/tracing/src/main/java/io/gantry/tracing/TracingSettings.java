package io.gantry.tracing;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param endpoint where the collector takes traces by OTLP over HTTP, {@code http://collector:4318/v1/traces}; none: nothing is
 *     traced
 * @param sampled the part of the traces that is recorded, 0 to 1; a trace that was begun outside is recorded if its beginning was
 */
@ConfigurationProperties("gantry.tracing")
record TracingSettings(
        @Nullable URI endpoint, @DefaultValue("1") double sampled) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    TracingSettings {
        if (endpoint != null && (endpoint.getHost() == null || !SCHEMES.contains(endpoint.getScheme()))) {
            throw new IllegalArgumentException(
                    "gantry.tracing.endpoint is \"%s\": write where the collector takes traces, like http://collector:4318/v1/traces"
                            .formatted(endpoint));
        }
        if (sampled < 0 || sampled > 1) {
            throw new IllegalArgumentException("gantry.tracing.sampled is %s: write 0 to 1".formatted(sampled));
        }
    }
}
