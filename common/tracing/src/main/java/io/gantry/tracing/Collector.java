package io.gantry.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Where traces go. Nothing of the SDK is loaded unless there is one. */
final class Collector {
    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BATCH_EVERY = Duration.ofSeconds(1);

    private Collector() {}

    static Traces at(URI endpoint, String service, double sampled, InstantSource clock) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString())
                .setTimeout(PATIENCE)
                .build();
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(SERVICE_NAME, service)))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(sampled)))
                .setClock(new PlatformClock(clock))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(BATCH_EVERY)
                        .build())
                .build();
        return new Traces(
                provider.get("gantry"), () -> provider.shutdown().join(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    /** Spans of several machines are in one picture: they go by the one clock that all services go by. */
    private record PlatformClock(InstantSource clock) implements Clock {
        @Override
        public long now() {
            Instant now = clock.instant();
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    }
}
