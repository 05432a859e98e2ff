package io.gantry.testkit.azure;

import static io.gantry.testkit.azure.Resources.key;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an id says of a resource, and how one is shown. */
final class Resource {
    private static final Pattern IN_GROUP =
            Pattern.compile("(?i)/subscriptions/[^/]+/resourcegroups/[^/]+/providers/(.+)");

    private Resource() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** What was sent, with what Azure calls it. */
    static ObjectNode named(String id, JsonNode body, String type) {
        ObjectNode resource = object();
        body.propertyStream()
                .forEach(property ->
                        resource.set(property.getKey(), property.getValue().deepCopy()));
        return resource.put("id", id).put("name", last(id)).put("type", type);
    }

    /** Azure does not give back what a machine was told at its first boot. */
    static ObjectNode shown(ObjectNode resource) {
        ObjectNode copy = resource.deepCopy();
        if (copy.at("/properties/osProfile") instanceof ObjectNode system) {
            system.remove("customData");
        }
        return copy;
    }

    /** As it stands in a list of all there is. */
    static ObjectNode line(ObjectNode resource) {
        ObjectNode line = object();
        List.of("id", "name", "type", "location", "tags")
                .forEach(field -> Optional.ofNullable(resource.get(field)).ifPresent(value -> line.set(field, value)));
        return line;
    }

    static String idOf(ObjectNode resource) {
        return resource.path("id").asString();
    }

    static String last(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /** As in {@code Microsoft.Compute/virtualMachines}. */
    static String typeOf(String id) {
        Matcher matcher = IN_GROUP.matcher(id);
        if (!matcher.matches()) {
            return "Microsoft.Resources/resourceGroups";
        }
        String[] parts = matcher.group(1).split("/", -1);
        return parts[0] + "/" + parts[1];
    }

    static String kindOf(String id) {
        return key(last(typeOf(id)));
    }

    static @Nullable String textAt(JsonNode node, String pointer) {
        return node.at(pointer).isString()
                ? Objects.requireNonNull(node.at(pointer).asString())
                : null;
    }
}
