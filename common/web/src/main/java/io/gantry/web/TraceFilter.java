package io.gantry.web;

import io.gantry.tracing.Activity;
import io.gantry.tracing.Traces;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Begins a trace with each request that is to change something; whatever a caller traces is continued. */
class TraceFilter extends OncePerRequestFilter {
    private static final String TRACE_PARENT = "traceparent";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Traces traces;

    TraceFilter(Traces traces) {
        this.traces = traces;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READING.contains(request.getMethod()) && request.getHeader(TRACE_PARENT) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (Activity activity = traces.request(request.getMethod(), request.getHeader(TRACE_PARENT))) {
            chain.doFilter(request, response);
            activity.rename(name(request));
            activity.with("path", request.getRequestURI()).with("status", response.getStatus());
        }
    }

    /** By the pattern of its path, so that the same requests of all apps have one name. */
    private static String name(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? request.getMethod() : request.getMethod() + " " + pattern;
    }
}
