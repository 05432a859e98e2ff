package io.gantry.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records what is done as spans of traces, and carries a trace on, across threads, messages and restarts, as text: the W3C
 * {@code traceparent}. Where no collector is configured nothing is recorded, and nothing is carried.
 */
public final class Traces implements AutoCloseable {
    private final @Nullable Tracer tracer;
    private final Runnable end;

    Traces(@Nullable Tracer tracer, Runnable end) {
        this.tracer = tracer;
        this.end = end;
    }

    public static Traces off() {
        return new Traces(null, () -> {});
    }

    public boolean isOn() {
        return tracer != null;
    }

    /**
     * A request from outside.
     *
     * @param parent what the caller says it is part of; none: a trace begins
     */
    public Activity request(String name, @Nullable String parent) {
        return begin(name, SpanKind.SERVER, TraceParent.read(parent));
    }

    /**
     * A message is handled.
     *
     * @param parent what its sender was doing; none: nothing is recorded
     */
    public Activity message(String name, @Nullable String parent) {
        return parent == null ? Activity.UNRECORDED : begin(name, SpanKind.CONSUMER, TraceParent.read(parent));
    }

    /**
     * Something is done for whoever put {@code parent} down.
     *
     * @param parent none: nothing is recorded
     */
    public Activity work(String name, @Nullable String parent) {
        return parent == null ? Activity.UNRECORDED : begin(name, SpanKind.INTERNAL, TraceParent.read(parent));
    }

    /** A part of what this thread is doing; nothing is recorded if that is not. */
    public Activity part(String name) {
        return work(name, here());
    }

    /**
     * What is done meanwhile belongs to that trace, and to no other; it is no span of its own.
     *
     * @param parent none: to no trace
     */
    public Activity within(@Nullable String parent) {
        return tracer == null || isWithin(parent) ? Activity.UNRECORDED : Activity.within(TraceParent.read(parent));
    }

    private boolean isWithin(@Nullable String parent) {
        return Objects.equals(traceId(), TraceParent.traceId(parent));
    }

    /**
     * Something that is over: nobody did it, it was waited for.
     *
     * @param parent none: nothing is recorded
     */
    public void past(String name, @Nullable String parent, Instant from, Instant to, Map<String, String> attributes) {
        if (tracer != null && parent != null) {
            SpanBuilder span =
                    tracer.spanBuilder(name).setParent(TraceParent.read(parent)).setStartTimestamp(from);
            attributes.forEach(span::setAttribute);
            span.startSpan().end(to);
        }
    }

    /** What this thread is doing, as {@code traceparent}; none if that is not traced. */
    public @Nullable String here() {
        SpanContext context = current();
        return context == null ? null : TraceParent.write(context);
    }

    /** The trace that this thread is within, 32 hexadecimal digits; none if it is in none. */
    public @Nullable String traceId() {
        SpanContext context = current();
        return context == null ? null : context.getTraceId();
    }

    private @Nullable SpanContext current() {
        if (tracer == null) {
            return null;
        }
        SpanContext context = Span.current().getSpanContext();
        return context.isValid() ? context : null;
    }

    private Activity begin(String name, SpanKind kind, Context parent) {
        return tracer == null
                ? Activity.UNRECORDED
                : Activity.of(tracer.spanBuilder(name)
                        .setSpanKind(kind)
                        .setParent(parent)
                        .startSpan());
    }

    /** Sends what is not sent yet. */
    @Override
    public void close() {
        end.run();
    }
}
