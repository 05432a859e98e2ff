package io.gantry.testkit.azure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is there, by its id, in which upper and lower case are the same. */
final class Resources {
    private final Map<String, ObjectNode> byId = new TreeMap<>();

    Optional<ObjectNode> find(String id) {
        return Optional.ofNullable(byId.get(key(id)));
    }

    void put(String id, ObjectNode resource) {
        byId.put(key(id), resource);
    }

    @Nullable
    ObjectNode remove(String id) {
        return byId.remove(key(id));
    }

    /** Itself, and all that is in it. */
    void removeAll(String id) {
        byId.keySet().removeIf(key -> key.equals(key(id)) || key.startsWith(key(id) + "/"));
    }

    List<ObjectNode> under(String prefix) {
        return byId.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(key(prefix) + "/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Whether anything else names it. */
    boolean isNamed(String id) {
        return byId.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(key(id)))
                .anyMatch(entry -> names(entry.getValue(), key(id)));
    }

    private static boolean names(JsonNode node, String key) {
        if (node.isString()) {
            String text = key(node.asString());
            return text.equals(key) || text.startsWith(key + "/");
        }
        return node.valueStream().anyMatch(below -> names(below, key))
                || node.propertyStream().anyMatch(property -> names(property.getValue(), key));
    }

    static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
