package io.gantry.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schema as a document: what it says of the place that a pointer names. */
record SchemaDocument(JsonNode root) {
    /** What may stand there, a sentence. */
    String description(JsonPointer at) {
        return at(at).path("description").asString("");
    }

    /** What the names of the properties there may be, a sentence. */
    String descriptionOfNames(JsonPointer at) {
        return at(at).path("propertyNames").path("description").asString("");
    }

    /** The property that was probably meant by one that is not known there: its name, or its pointer where it is elsewhere. */
    Optional<String> meantBy(JsonPointer at, String unknown) {
        List<String> siblings = at(at).path("properties")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList();
        return Spelling.closest(unknown, siblings)
                .or(() -> endingWith(unknown, siblings))
                .or(() -> elsewhere(unknown));
    }

    /** The word that was probably meant, where only certain words may stand. */
    Optional<String> wordMeantBy(JsonPointer at, JsonNode written) {
        List<String> words =
                at(at).path("enum").valueStream().map(JsonNode::asString).toList();
        return written.isString() ? Spelling.closest(written.asString(), words) : Optional.empty();
    }

    /** Who writes "registry" may mean "containerRegistry". */
    private static Optional<String> endingWith(String typed, List<String> words) {
        String ending = typed.toLowerCase(Locale.ROOT);
        return words.stream()
                .filter(word ->
                        ending.length() > 3 && word.toLowerCase(Locale.ROOT).endsWith(ending))
                .findFirst();
    }

    private Optional<String> elsewhere(String name) {
        List<String> pointers = new ArrayList<>();
        collect(root, "", pointers);
        return pointers.stream().filter(pointer -> pointer.endsWith("/" + name)).findFirst();
    }

    private static void collect(JsonNode schema, String pointer, List<String> pointers) {
        schema.path("properties").propertyStream().forEach(property -> {
            String below = pointer + "/" + property.getKey();
            pointers.add(below);
            collect(property.getValue(), below, pointers);
        });
        if (schema.has("items")) {
            collect(schema.path("items"), pointer + "/*", pointers);
        }
    }

    void fillInDefaults(ObjectNode written) {
        fillInDefaults(written, root);
    }

    private static void fillInDefaults(JsonNode written, JsonNode schema) {
        if (written instanceof ObjectNode values) {
            schema.path("properties")
                    .propertyStream()
                    .forEach(property -> fillInDefault(values, property.getKey(), property.getValue()));
        } else if (written instanceof ArrayNode items) {
            items.forEach(item -> fillInDefaults(item, schema.path("items")));
        }
    }

    private static void fillInDefault(ObjectNode values, String key, JsonNode schema) {
        JsonNode fallback = schema.path("default");
        if (!values.has(key) && !fallback.isMissingNode()) {
            values.set(key, fallback.deepCopy());
        }
        fillInDefaults(values.path(key), schema);
    }

    private JsonNode at(JsonPointer pointer) {
        JsonNode schema = root;
        for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
            schema = Stream.of(
                            schema.path("properties").path(rest.getMatchingProperty()),
                            schema.path("additionalProperties"),
                            schema.path("items"))
                    .filter(JsonNode::isObject)
                    .findFirst()
                    .orElse(root.path("nowhere"));
        }
        return schema;
    }
}
