package io.gantry.access;

import io.gantry.contract.fleet.ApiKey.Role;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which role a request wants. Paths are matched the way the controllers' own are, so that no other spelling of a path
 * gets around a rule. What no rule names is for operators.
 */
final class Rules {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final PathPattern HEALTH = pattern("/actuator/health/**");
    /** Dead letters may hold what stood in any message, hashes of keys among it. */
    private static final Set<PathPattern> FOR_OPERATORS =
            Set.of(pattern("/api/v1/keys/**"), pattern("/api/v1/dead-letters/**"));

    private static final Set<PathPattern> APPS =
            Set.of(pattern("/api/v1/apps/**"), pattern("/api/v1/deployments/**"), pattern("/api/v1/models/**"));

    private Rules() {}

    /** None: anybody may. */
    static Optional<Role> wanted(String method, PathContainer path) {
        if (HEALTH.matches(path)) {
            return Optional.empty();
        }
        boolean reading = READING.contains(method) && !isAmong(FOR_OPERATORS, path);
        return Optional.of(reading || isAmong(APPS, path) ? Role.DEVELOPER : Role.OPERATOR);
    }

    private static boolean isAmong(Set<PathPattern> patterns, PathContainer path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private static PathPattern pattern(String text) {
        return PathPatternParser.defaultInstance.parse(text);
    }
}
