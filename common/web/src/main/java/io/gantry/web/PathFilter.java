package io.gantry.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses paths that would be taken for others: of a segment the framework reads what stands before a semicolon, so that
 * {@code apps/a;id} would mean the app {@code a}. An encoded one ({@code %3B}) is part of the name and judged as such.
 */
class PathFilter extends OncePerRequestFilter {
    private static final Pattern SLASH = Pattern.compile("/");

    private final HandlerExceptionResolver errors;

    PathFilter(HandlerExceptionResolver errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> cut = cutSegment(request.getRequestURI());
        if (cut.isPresent()) {
            errors.resolveException(request, response, null, refusal(cut.get()));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Optional<String> cutSegment(String path) {
        return SLASH.splitAsStream(path)
                .filter(segment -> segment.contains(";"))
                .findFirst();
    }

    private static ProblemException refusal(String segment) {
        String message = "\"%s\" has a semicolon; no path here has parameters".formatted(segment);
        return ProblemException.badRequest("INVALID_PATH", message + ".", new FieldProblem("path", message));
    }
}
