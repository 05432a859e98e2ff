package io.gantry.testkit.azure;

import static io.gantry.testkit.azure.Resources.key;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who has which role where, and where whoever asks may not change that. Not listed with a group's resources, as it is none. */
final class RoleAssignments {
    private static final String ROLE = "/properties/roleDefinitionId";
    private static final String SCOPE = "/properties/scope";
    private static final String PRINCIPAL = "/properties/principalId";

    private final RoleDefinitions definitions;
    private final Map<String, ObjectNode> byId = new HashMap<>();
    private final Set<String> closed = new HashSet<>();

    RoleAssignments(RoleDefinitions definitions) {
        this.definitions = definitions;
    }

    void close(String scope) {
        closed.add(key(scope));
    }

    void give(String role, String scope, String principal) {
        String id = "%s/providers/Microsoft.Authorization/roleAssignments/%s"
                .formatted(scope, UUID.nameUUIDFromBytes((role + principal).getBytes(StandardCharsets.UTF_8)));
        ObjectNode body = Resource.object();
        body.putObject("properties")
                .put("roleDefinitionId", RoleDefinitions.idOf(role))
                .put("principalId", principal);
        put(id, scope, body);
    }

    void take(String role) {
        byId.values()
                .removeIf(assignment ->
                        RoleDefinitions.idOf(role).equals(assignment.at(ROLE).asString()));
    }

    /** With the group that they are for. */
    void gone(String group) {
        byId.keySet().removeIf(assignment -> assignment.startsWith(key(group) + "/"));
    }

    List<Subscription.RoleGiven> all() {
        return byId.values().stream()
                .map(assignment -> new Subscription.RoleGiven(
                        definitions.nameOf(assignment.at(ROLE).asString()),
                        assignment.at(SCOPE).asString(),
                        assignment.at(PRINCIPAL).asString()))
                .sorted(Comparator.comparing(Subscription.RoleGiven::role))
                .toList();
    }

    Told ask(Asked asked, String scope) {
        String id = asked.path();
        Optional<ObjectNode> there = Optional.ofNullable(byId.get(key(id)));
        return switch (asked.method()) {
            case "GET" ->
                there.map(Told::ok)
                        .orElseGet(
                                () -> Told.error(404, "RoleAssignmentNotFound", "The role assignment is not found."));
            case "PUT" -> isClosed(scope) ? notAuthorized("write", scope) : put(id, scope, asked.body());
            case "DELETE" -> {
                if (isClosed(scope)) {
                    yield notAuthorized("delete", scope);
                }
                byId.remove(key(id));
                yield there.map(Told::ok).orElseGet(() -> Told.nothing(204));
            }
            default -> Told.nothing(405);
        };
    }

    /** One has a role once in the same place, whatever the assignment is called. */
    private Told put(String id, String scope, JsonNode body) {
        ObjectNode assignment = Resource.named(id, body, "Microsoft.Authorization/roleAssignments");
        assignment.withObject("/properties").put("scope", scope);
        boolean there =
                byId.containsKey(key(id)) || byId.values().stream().anyMatch(other -> isSame(other, assignment));
        if (there) {
            return Told.error(409, "RoleAssignmentExists", "The role assignment already exists.");
        }
        byId.put(key(id), assignment);
        return new Told(201, Map.of(), assignment);
    }

    private static boolean isSame(ObjectNode one, ObjectNode other) {
        return Stream.of(SCOPE, PRINCIPAL, ROLE)
                .allMatch(field -> one.at(field)
                        .asString("")
                        .equalsIgnoreCase(other.at(field).asString("")));
    }

    /** At, above and below. */
    Told list(String scope, String filter) {
        return Told.values(byId.values().stream()
                .filter(one -> filter.equals(
                        "principalId eq '%s'".formatted(one.at(PRINCIPAL).asString())))
                .filter(one -> {
                    String given = key(one.at(SCOPE).asString()) + "/";
                    String asked = key(scope) + "/";
                    return given.startsWith(asked) || asked.startsWith(given);
                })
                .toList());
    }

    private boolean isClosed(String scope) {
        return closed.contains(key(scope));
    }

    private static Told notAuthorized(String action, String scope) {
        return Told.error(
                403,
                "AuthorizationFailed",
                "The client does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/%s' over scope '%s'."
                        .formatted(action, scope));
    }

    /** What whoever asks may do there. */
    Told permissions(String scope) {
        ObjectNode permission = Resource.object();
        permission.putArray("actions").add("*");
        ArrayNode not = permission.putArray("notActions");
        if (isClosed(scope)) {
            not.add("Microsoft.Authorization/*/Write").add("Microsoft.Authorization/*/Delete");
        }
        return Told.values(List.of(permission));
    }
}
