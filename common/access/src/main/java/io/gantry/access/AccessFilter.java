package io.gantry.access;

import io.gantry.contract.fleet.ApiKey;
import io.gantry.contract.fleet.ApiKey.Role;
import io.gantry.contract.fleet.KeyText;
import io.gantry.web.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ServletRequestPathUtils;

/** Lets requests in that carry a key whose role is high enough. A stream is asked once, when it is opened. */
final class AccessFilter extends OncePerRequestFilter {
    private static final String SCHEME = "Bearer ";
    private static final String RETRY_AFTER_SECONDS = "1";

    private final ApiKeys keys;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final HandlerExceptionResolver errors;

    AccessFilter(ApiKeys keys, InstantSource clock, MeterRegistry metrics, HandlerExceptionResolver errors) {
        this.keys = keys;
        this.clock = clock;
        this.metrics = metrics;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RuntimeException refusal = refusal(request);
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            refuse(request, response, refusal);
        }
    }

    /**
     * Where the keys can't be asked (a database that is away, a topic that was not read yet), nobody gets in, and what was thrown is
     * answered as a controller's would be: an advice sees nothing of what a filter throws.
     */
    private @Nullable RuntimeException refusal(HttpServletRequest request) {
        PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        Optional<Role> wanted = Rules.wanted(request.getMethod(), path);
        try {
            return wanted.isEmpty() ? null : refusal(request, wanted.get());
        } catch (RuntimeException unknownNow) {
            return unknownNow;
        }
    }

    private @Nullable Refusal refusal(HttpServletRequest request, Role wanted) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Refusal.missing();
        }
        Optional<ApiKey> key = KeyText.parse(
                        authorization.substring(SCHEME.length()).strip())
                .flatMap(shown -> keys.find(shown.id()).filter(shown::isOf));
        return key.isEmpty() ? Refusal.unknown() : refusal(key.get(), wanted);
    }

    private @Nullable Refusal refusal(ApiKey key, Role wanted) {
        if (!clock.instant().isBefore(key.expiresAt())) {
            return Refusal.expired(key);
        }
        return key.role().compareTo(wanted) < 0 ? Refusal.forbidden(key, wanted) : null;
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, RuntimeException refusal)
            throws IOException {
        switch (refusal) {
            case Refusal known -> {
                metrics.counter("gantry.access.refused", "reason", known.reason())
                        .increment();
                if (known.status() == HttpStatus.UNAUTHORIZED) {
                    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, SCHEME.strip());
                }
            }
            case ProblemException notNow -> response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            default -> {}
        }
        errors.resolveException(request, response, null, refusal);
        // Now: the server would first wait for the rest of a bundle that nobody will take.
        response.flushBuffer();
    }
}
