package io.gantry.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses requests for a name that is not ours. Whoever owns a site may have its name lead to this computer: a browser then takes
 * us for that site, and lets its pages do here what they like (DNS rebinding). An address is nobody's to lead astray.
 */
class HostFilter extends OncePerRequestFilter {
    private static final Pattern HOST = Pattern.compile("(?<name>\\[[^]]*]|[^:]*)(:[0-9]*)?");
    private static final Pattern OWN = Pattern.compile("(?i)localhost|[0-9.]+|\\[[0-9a-f:.]+]");

    private final List<String> names;
    private final HandlerExceptionResolver errors;

    /** @param names by which we are reached, besides localhost and addresses */
    HostFilter(List<String> names, HandlerExceptionResolver errors) {
        this.names = names;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null || isOurs(host)) {
            chain.doFilter(request, response);
        } else {
            errors.resolveException(request, response, null, refusal());
        }
    }

    private boolean isOurs(String host) {
        Matcher matcher = HOST.matcher(host);
        if (!matcher.matches()) {
            return false;
        }
        String name = matcher.group("name");
        return OWN.matcher(name).matches() || names.stream().anyMatch(name::equalsIgnoreCase);
    }

    private static ProblemException refusal() {
        return new ProblemException(
                HttpStatus.FORBIDDEN,
                "FOREIGN_HOST",
                "The platform is not known by that name: call it by its address, or name it in gantry.web.names.");
    }
}
