package io.gantry.benchmarks.fleet;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.gantry.benchmarks.platform.Api;
import io.gantry.benchmarks.platform.Api.Service;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What went down, in monitoring's opinion. One incident may be several falls.
 *
 * @param incidents by their ids
 */
record Falls(Map<String, JsonNode> incidents) {
    static Falls until(Api api) throws IOException, InterruptedException {
        return new Falls(api.look(Service.MONITORING, "/incidents")
                .path("incidents")
                .valueStream()
                .collect(toUnmodifiableMap(incident -> incident.path("id").asString(), Function.identity())));
    }

    int countSince(Falls earlier) {
        return incidents.entrySet().stream()
                .mapToInt(entry -> falls(entry.getValue()) - falls(earlier.incidents.get(entry.getKey())))
                .sum();
    }

    /** A sentence an incident. */
    List<String> tellSince(Falls earlier) {
        return since(earlier).map(Falls::sentence).toList();
    }

    private Stream<JsonNode> since(Falls earlier) {
        return incidents.values().stream()
                .filter(incident -> !incident.equals(
                        earlier.incidents.get(incident.path("id").asString())));
    }

    private static int falls(@Nullable JsonNode incident) {
        return incident == null ? 0 : incident.path("falls").asInt();
    }

    private static String sentence(JsonNode incident) {
        List<String> unit = Stream.of("app", "service", "instance", "machine")
                .map(part -> incident.path(part).asString(""))
                .filter(part -> !part.isEmpty())
                .toList();
        List<String> history = incident.path("history")
                .valueStream()
                .map(happening -> happening.path("at").asString() + " "
                        + happening.path("what").asString())
                .toList();
        return "%s: %s".formatted(String.join(" ", unit), String.join(" ", history));
    }
}
