package io.gantry.bundle.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
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
        return Spelling.closest(unknown, siblings).or(() -> elsewhere(unknown));
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
    }

    void fillInDefaults(ObjectNode config) {
        fillInDefaults(config, root);
    }

    private static void fillInDefaults(ObjectNode values, JsonNode schema) {
        schema.path("properties").propertyStream().forEach(property -> {
            JsonNode fallback = property.getValue().path("default");
            if (!values.has(property.getKey()) && !fallback.isMissingNode()) {
                values.set(property.getKey(), fallback.deepCopy());
            }
            if (values.get(property.getKey()) instanceof ObjectNode below) {
                fillInDefaults(below, property.getValue());
            }
        });
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
