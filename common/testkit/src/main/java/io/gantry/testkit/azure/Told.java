package io.gantry.testkit.azure;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An answer. */
record Told(
        int status, Map<String, String> headers, @Nullable JsonNode body) {
    static Told ok(JsonNode body) {
        return new Told(200, Map.of(), body);
    }

    static Told nothing(int status) {
        return new Told(status, Map.of(), null);
    }

    static Told error(int status, String code, String message) {
        return new Told(status, Map.of(), errorOf(code, message));
    }

    static ObjectNode errorOf(String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("code", code).put("message", message);
        return body;
    }

    Told with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Told(status, more, body);
    }
}
