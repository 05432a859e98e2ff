package io.gantry.testkit.azure;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A request as it arrived.
 *
 * @param path as it was written, but for slashes that were doubled in front
 * @param body missing: none came
 */
public record Asked(String method, String path, Map<String, String> query, JsonNode body) {
    static Asked of(String method, String uri, JsonNode body) {
        String plain = "/" + uri.replaceFirst("^(https?://[^/]+)?/+", "");
        int mark = plain.indexOf('?');
        return new Asked(
                method,
                mark < 0 ? plain : plain.substring(0, mark),
                mark < 0 ? Map.of() : query(plain.substring(mark + 1)),
                body);
    }

    private static Map<String, String> query(String text) {
        return Arrays.stream(text.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> decoded(pair[0]),
                        pair -> pair.length == 2 ? decoded(pair[1]) : "",
                        (one, _) -> one,
                        TreeMap::new));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String asked(String parameter) {
        return Objects.requireNonNullElse(query.get(parameter), "");
    }

    /** As in {@code PUT virtualMachines/vm-1}: what it is done to, by the end of its id. */
    public String what() {
        String[] parts = path.split("/", -1);
        return parts.length < 3
                ? method + " " + path
                : "%s %s/%s".formatted(method, parts[parts.length - 2], parts[parts.length - 1]);
    }
}
