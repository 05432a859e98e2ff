package io.gantry.testkit.azure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
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

    static Told absent(String id) {
        return error(
                404,
                "ResourceNotFound",
                "The Resource '%s/%s' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
                        .formatted(Resource.typeOf(id), Resource.last(id)));
    }

    static Told values(List<ObjectNode> values) {
        ObjectNode body = Resource.object();
        ArrayNode array = body.putArray("value");
        values.forEach(array::add);
        return ok(body);
    }

    static ObjectNode errorOf(String code, String message) {
        ObjectNode body = Resource.object();
        body.putObject("error").put("code", code).put("message", message);
        return body;
    }

    Told with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Told(status, more, body);
    }
}
