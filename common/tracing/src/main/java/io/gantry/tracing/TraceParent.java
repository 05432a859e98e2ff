package io.gantry.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code 00-<trace id>-<span id>-<flags>}, as W3C Trace Context has it. */
final class TraceParent {
    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final String OURS = "00";

    private TraceParent() {}

    static String write(SpanContext context) {
        return "%s-%s-%s-%s"
                .formatted(
                        OURS,
                        context.getTraceId(),
                        context.getSpanId(),
                        context.getTraceFlags().asHex());
    }

    /** Whatever is no trace context is none: nobody is refused for it. */
    static Context read(@Nullable String text) {
        Matcher form = FORM.matcher(text == null ? "" : text);
        if (!form.matches() || !isKnown(form)) {
            return Context.root();
        }
        SpanContext context = SpanContext.createFromRemoteParent(
                form.group(2), form.group(3), TraceFlags.fromHex(form.group(4), 0), TraceState.getDefault());
        return context.isValid() ? Context.root().with(Span.wrap(context)) : Context.root();
    }

    static @Nullable String traceId(@Nullable String text) {
        SpanContext context = Span.fromContext(read(text)).getSpanContext();
        return context.isValid() ? context.getTraceId() : null;
    }

    /** Later versions may say more behind, but begin alike; {@code ff} is none. */
    private static boolean isKnown(Matcher form) {
        return !"ff".equals(form.group(1)) && (form.group(5) == null || !OURS.equals(form.group(1)));
    }
}
