package io.gantry.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/** What this thread is doing, from when it is begun until it is closed; all that is begun in between is a part of it. */
public final class Activity implements AutoCloseable {
    /** Leaves no trace. */
    static final Activity UNRECORDED = new Activity(null, null);

    private final @Nullable Span span;
    private final @Nullable Scope scope;

    private Activity(@Nullable Span span, @Nullable Scope scope) {
        this.span = span;
        this.scope = scope;
    }

    @SuppressWarnings("MustBeClosedChecker") // It is closed with the activity.
    static Activity of(Span span) {
        return new Activity(span, span.makeCurrent());
    }

    @SuppressWarnings("MustBeClosedChecker") // It is closed with the activity.
    static Activity within(Context trace) {
        return new Activity(null, trace.makeCurrent());
    }

    /** @param value none: it is left out */
    public Activity with(String attribute, @Nullable Object value) {
        if (span != null && value != null) {
            span.setAttribute(attribute, value.toString());
        }
        return this;
    }

    public void rename(String name) {
        if (span != null) {
            span.updateName(name);
        }
    }

    public void failed(String reason) {
        if (span != null) {
            span.setStatus(StatusCode.ERROR, reason);
        }
    }

    @Override
    public void close() {
        if (scope != null) {
            scope.close();
        }
        if (span != null) {
            span.end();
        }
    }
}
