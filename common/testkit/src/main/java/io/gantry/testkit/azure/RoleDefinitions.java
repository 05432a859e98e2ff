package io.gantry.testkit.azure;

import static io.gantry.testkit.azure.Resource.last;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Roles that can be given, known by their names; those that Gantry asks for are there from the beginning. */
final class RoleDefinitions {
    private final Set<String> names = new HashSet<>(Set.of(
            "Gantry Lifecycle Manager",
            "AcrPull",
            "AcrPush",
            "AcrDelete",
            "Storage Blob Data Contributor",
            "Container Registry Repository Contributor"));

    void forget() {
        names.clear();
    }

    static String idOf(String role) {
        return "/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/"
                + UUID.nameUUIDFromBytes(role.getBytes(StandardCharsets.UTF_8));
    }

    /** The id itself, of one that is not known. */
    String nameOf(String id) {
        return names.stream().filter(role -> idOf(role).equals(id)).findFirst().orElse(id);
    }

    Told list(String filter) {
        List<ObjectNode> found = names.stream()
                .filter(role -> filter.contains("'" + role + "'"))
                .map(RoleDefinitions::definition)
                .toList();
        return Told.values(found);
    }

    private static ObjectNode definition(String role) {
        ObjectNode definition = Resource.object()
                .put("id", idOf(role))
                .put("name", last(idOf(role)))
                .put("type", "Microsoft.Authorization/roleDefinitions");
        definition.putObject("properties").put("roleName", role).put("type", "CustomRole");
        return definition;
    }
}
