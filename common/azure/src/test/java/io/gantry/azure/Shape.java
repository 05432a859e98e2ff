package io.gantry.azure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a JSON value may be, and what may be in it. */
final class Shape {
    private static final String ITEM = "[]";
    private static final String WHATEVER_ITS_NAME = "*";

    private final Map<String, Shape> parts = new TreeMap<>();
    private String type = "object";
    private boolean required;
    private List<String> allowed = List.of();

    /** @param fact as in {@code properties.subnets[].name string required = one | another}; {@code *} is any name */
    void learn(String fact) {
        String[] sides = fact.split(" = ", 2);
        List<String> words = List.of(sides[0].split(" ", -1));
        Shape part = at(words.getFirst());
        part.type = words.get(1);
        part.required = words.contains("required");
        part.allowed = sides.length == 1 ? List.of() : List.of(sides[1].split(" \\| ", -1));
    }

    private Shape at(String path) {
        Shape part = this;
        for (String name : path.replace(ITEM, "." + ITEM).split("\\.", -1)) {
            if (name.equals(ITEM)) {
                part.type = "array";
            }
            part = part.parts.computeIfAbsent(name, _ -> new Shape());
        }
        return part;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** @param found gets a sentence for all that differs */
    void compare(String where, JsonNode value, List<String> found) {
        if (!type.equals(typeOf(value)) && !(type.equals("number") && value.isNumber())) {
            found.add("%s is of type %s, not %s".formatted(where, typeOf(value), type));
        } else if (!allowed.isEmpty() && !allowed.contains(value.asString())) {
            found.add("%s is %s, none of %s".formatted(where, value, allowed));
        } else if (value.isArray()) {
            value.forEach(item -> partOf(where + ITEM, ITEM, item, found));
        } else if (value.isObject()) {
            value.properties()
                    .forEach(property ->
                            partOf(where + "." + property.getKey(), property.getKey(), property.getValue(), found));
            parts.forEach((name, part) -> {
                if (part.required && !value.has(name)) {
                    found.add("%s.%s is missing".formatted(where, name));
                }
            });
        }
    }

    private void partOf(String where, String name, JsonNode value, List<String> found) {
        Shape part = parts.getOrDefault(name, parts.get(WHATEVER_ITS_NAME));
        if (part == null) {
            found.add(where + " is not known there");
        } else {
            part.compare(where, value, found);
        }
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case OBJECT -> "object";
            default -> "nothing";
        };
    }
}
