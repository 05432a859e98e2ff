package io.gantry.testkit.azure;

import static io.gantry.testkit.azure.Resources.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What there is in a subscription, and what may be done to it. */
public final class Subscription {
    /** @param scope the id of what it is for */
    public record RoleGiven(String role, String scope, String principal) {}

    private static final String GROUP = "/subscriptions/[^/]+/resourcegroups/[^/]+";
    private static final Pattern IN_GROUP = Pattern.compile("(?i)(" + GROUP + ")/providers/(.+)");
    private static final Pattern A_GROUP = Pattern.compile("(?i)" + GROUP);
    private static final Pattern RESOURCES = Pattern.compile("(?i)(" + GROUP + ")/resources");
    private static final Pattern ALL_RESOURCES = Pattern.compile("(?i)/subscriptions/[^/]+/resources");
    private static final Pattern SKUS = Pattern.compile("(?i)/subscriptions/[^/]+/providers/Microsoft.Compute/skus");
    private static final Pattern USAGES =
            Pattern.compile("(?i)/subscriptions/[^/]+/providers/Microsoft.(Compute|Network)/locations/[^/]+/usages");
    private static final Pattern ROLES = Pattern.compile("(?i)(.+)/providers/Microsoft.Authorization/roleDefinitions");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?i)(.+)/providers/Microsoft.Authorization/roleAssignments/[^/]+");
    private static final Pattern ASSIGNMENTS =
            Pattern.compile("(?i)(.+)/providers/Microsoft.Authorization/roleAssignments");
    private static final Pattern PERMISSIONS =
            Pattern.compile("(?i)(.+)/providers/Microsoft.Authorization/permissions");
    private static final Map<String, String> IN_USE = Map.of(
            "networkinterfaces", "NicInUse",
            "virtualnetworks", "InUseSubnetCannotBeDeleted",
            "networksecuritygroups", "InUseNetworkSecurityGroupCannotBeDeleted",
            "publicipaddresses", "PublicIPAddressCannotBeDeleted",
            "disks", "OperationNotAllowed");
    private static final Set<String> AT_ONCE = Set.of("userassignedidentities");

    private final Resources resources = new Resources();
    private final Machines machines;
    private final Map<String, ObjectNode> assignments = new HashMap<>();
    private final Set<String> beingDeleted = new HashSet<>();
    private final Set<String> roles = new HashSet<>(Set.of(
            "Gantry Lifecycle Manager",
            "AcrPull",
            "AcrPush",
            "AcrDelete",
            "Storage Blob Data Contributor",
            "Container Registry Repository Contributor"));
    private final Set<String> closed = new HashSet<>();
    private final List<ObjectNode> skus = new ArrayList<>();
    private final Map<String, long[]> usages = new HashMap<>();

    Subscription(Hosts hosts) {
        this.machines = new Machines(resources, hosts);
    }

    /** Roles that can be given; those that Gantry asks for are there from the beginning. */
    public synchronized void forgetRoles() {
        roles.clear();
    }

    /** Whoever asks may do all there but give and take roles, as a Contributor. */
    public synchronized void closeRoles(String scope) {
        closed.add(key(scope));
    }

    /** By somebody else, under a name of his own. */
    public synchronized void giveRole(String role, String scope, String principal) {
        String id = "%s/providers/Microsoft.Authorization/roleAssignments/%s"
                .formatted(scope, UUID.nameUUIDFromBytes((role + principal).getBytes(StandardCharsets.UTF_8)));
        ObjectNode body = object();
        body.putObject("properties").put("roleDefinitionId", definitionOf(role)).put("principalId", principal);
        putAssignment(id, scope, body);
    }

    /** By somebody else, wherever it was given. */
    public synchronized void takeRole(String role) {
        assignments
                .values()
                .removeIf(assignment -> definitionOf(role)
                        .equals(assignment.at("/properties/roleDefinitionId").asString()));
    }

    /** All, by the names of the roles. */
    public synchronized List<RoleGiven> rolesGiven() {
        return assignments.values().stream()
                .map(assignment -> new RoleGiven(
                        roleOf(assignment.at("/properties/roleDefinitionId").asString()),
                        assignment.at("/properties/scope").asString(),
                        assignment.at("/properties/principalId").asString()))
                .sorted(Comparator.comparing(RoleGiven::role))
                .toList();
    }

    /** @param zones in which it is to be had */
    public synchronized void offer(String size, String location, List<String> zones, boolean restricted) {
        ObjectNode sku = object().put("resourceType", "virtualMachines").put("name", size);
        sku.putArray("locations").add(location);
        ObjectNode info = sku.putArray("locationInfo").addObject().put("location", location);
        ArrayNode zoneList = info.putArray("zones");
        zones.forEach(zoneList::add);
        ArrayNode restrictions = sku.putArray("restrictions");
        if (restricted) {
            ObjectNode restriction = restrictions.addObject().put("type", "Location");
            restriction.putArray("values").add(location);
            restriction.put("reasonCode", "NotAvailableForSubscription");
        }
        skus.add(sku);
    }

    /** @param name as in {@code cores} or {@code PublicIPAddresses} */
    public synchronized void quota(String name, long used, long limit) {
        usages.put(name, new long[] {used, limit});
    }

    synchronized void vanish(String what) {
        ids().stream().filter(id -> id.endsWith("/" + what)).toList().forEach(id -> {
            machines.gone(id);
            resources.remove(id);
        });
    }

    synchronized void plant(String id, JsonNode resource) {
        ObjectNode planted = object();
        resource.propertyStream().forEach(property -> planted.set(property.getKey(), property.getValue()));
        planted.put("id", id).put("name", last(id)).put("type", typeOf(id));
        resources.put(id, planted);
    }

    synchronized List<String> ids() {
        return resources.under("").stream()
                .map(resource -> resource.path("id").asString())
                .toList();
    }

    Told ask(Asked asked, Function<Begun, Told> begin) {
        String path = asked.path();
        Matcher inGroup = IN_GROUP.matcher(path);
        if (A_GROUP.matcher(path).matches()) {
            return group(asked, begin);
        }
        if (ALL_RESOURCES.matcher(path).matches()) {
            return ofKind(path.substring(0, path.lastIndexOf('/')), asked.asked("$filter"));
        }
        if (RESOURCES.matcher(path).matches()) {
            return groupIsThere(
                    path.substring(0, path.lastIndexOf('/')), () -> list(path.substring(0, path.lastIndexOf('/'))));
        }
        if (SKUS.matcher(path).matches()) {
            return values(skus);
        }
        if (USAGES.matcher(path).matches()) {
            return usages(key(path).contains("microsoft.network"));
        }
        if (ROLES.matcher(path).matches()) {
            return roles(asked);
        }
        Matcher assignment = ASSIGNMENT.matcher(path);
        if (assignment.matches()) {
            return assignment(asked, assignment.group(1));
        }
        Matcher assigned = ASSIGNMENTS.matcher(path);
        if (assigned.matches()) {
            return assignments(assigned.group(1), asked.asked("$filter"));
        }
        Matcher permissions = PERMISSIONS.matcher(path);
        if (permissions.matches()) {
            return permissions(permissions.group(1));
        }
        return inGroup.matches()
                ? groupIsThere(inGroup.group(1), () -> resource(asked, inGroup.group(2), begin))
                : Told.error(404, "InvalidResourceType", "There is nothing at " + path);
    }

    private Told groupIsThere(String group, Supplier<Told> then) {
        if (resources.find(group).isEmpty()) {
            return Told.error(
                    404, "ResourceGroupNotFound", "Resource group '%s' could not be found.".formatted(last(group)));
        }
        return then.get();
    }

    private Told group(Asked asked, Function<Begun, Told> begin) {
        String id = asked.path();
        Optional<ObjectNode> there = resources.find(id);
        return switch (asked.method()) {
            case "HEAD" -> Told.nothing(there.isPresent() ? 204 : 404);
            case "GET" -> there.map(Told::ok).orElseGet(() -> groupIsThere(id, () -> Told.nothing(200)));
            case "PUT" -> isBeingDeleted(id) ? deleting(id) : putGroup(id, asked.body(), there.isPresent());
            case "DELETE" -> groupIsThere(id, () -> deleteGroup(id, begin));
            default -> Told.nothing(405);
        };
    }

    private Told putGroup(String id, JsonNode body, boolean there) {
        ObjectNode group = named(
                id.replaceFirst("(?i)/resourcegroups/", "/resourceGroups/"),
                body,
                "Microsoft.Resources/resourceGroups");
        group.putObject("properties").put("provisioningState", "Succeeded");
        resources.put(id, group);
        return new Told(there ? 200 : 201, Map.of(), group);
    }

    private Told deleteGroup(String id, Function<Begun, Told> begin) {
        beingDeleted.add(key(id));
        return begin.apply(new Begun(
                Told.nothing(202),
                () -> {
                    resources
                            .under(id)
                            .forEach(resource ->
                                    machines.gone(resource.path("id").asString()));
                    resources.removeAll(id);
                    assignments.keySet().removeIf(assignment -> assignment.startsWith(key(id) + "/"));
                    beingDeleted.remove(key(id));
                    return null;
                },
                () -> beingDeleted.remove(key(id)),
                true));
    }

    private boolean isBeingDeleted(String id) {
        return beingDeleted.stream().anyMatch(group -> key(id).equals(group) || key(id).startsWith(group + "/"));
    }

    private static Told deleting(String id) {
        return Told.error(
                409,
                "ResourceGroupBeingDeleted",
                "The resource group '%s' is in deprovisioning state and cannot perform this operation."
                        .formatted(last(id)));
    }

    private Told list(String group) {
        return values(resources.under(group).stream()
                .filter(resource -> !typeOf(resource.path("id").asString()).contains("/subnets"))
                .map(Subscription::line)
                .toList());
    }

    private Told ofKind(String subscription, String filter) {
        return values(resources.under(subscription).stream()
                .filter(resource -> filter.equalsIgnoreCase("resourceType eq '%s'"
                        .formatted(typeOf(resource.path("id").asString()))))
                .map(Subscription::line)
                .toList());
    }

    private static ObjectNode line(ObjectNode resource) {
        ObjectNode line = object();
        List.of("id", "name", "type", "location", "tags")
                .forEach(field -> Optional.ofNullable(resource.get(field)).ifPresent(value -> line.set(field, value)));
        return line;
    }

    /** @param rest as in {@code Microsoft.Compute/virtualMachines/vm-1/start} */
    private Told resource(Asked asked, String rest, Function<Begun, Told> begin) {
        int parts = rest.split("/", -1).length;
        String id = asked.path();
        return switch (asked.method()) {
            case "GET" -> parts == 2 ? ofType(id) : get(id, asked);
            case "PUT" -> isBeingDeleted(id) ? deleting(id) : put(id, asked.body(), begin);
            case "DELETE" -> delete(id, begin);
            case "POST" -> machines.post(id, asked.body(), begin);
            default -> Told.nothing(405);
        };
    }

    private Told ofType(String prefix) {
        return values(resources.under(prefix).stream().map(Subscription::shown).toList());
    }

    private Told get(String id, Asked asked) {
        boolean whole = asked.asked("$expand").equals("instanceView");
        return resources
                .find(id)
                .map(resource -> Told.ok(whole ? machines.withView(resource) : shown(resource)))
                .orElseGet(() -> absent(id));
    }

    static Told absent(String id) {
        return Told.error(
                404,
                "ResourceNotFound",
                "The Resource '%s/%s' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
                        .formatted(typeOf(id), last(id)));
    }

    /** Azure does not give back what a machine was told at its first boot. */
    private static ObjectNode shown(ObjectNode resource) {
        ObjectNode copy = resource.deepCopy();
        if (copy.at("/properties/osProfile") instanceof ObjectNode system) {
            system.remove("customData");
        }
        return copy;
    }

    private Told put(String id, JsonNode body, Function<Begun, Told> begin) {
        Optional<Told> refused = Rules.refusal(resources, id, body);
        if (refused.isPresent()) {
            return refused.get();
        }
        boolean there = resources.find(id).isPresent();
        ObjectNode resource = named(id, body, typeOf(id));
        ObjectNode properties = resource.withObject("/properties");
        properties.put("provisioningState", there ? "Updating" : "Creating");
        new Filling(resources).fill(id, resource);
        resources.put(id, resource);
        if (AT_ONCE.contains(kindOf(id))) {
            properties.put("provisioningState", "Succeeded");
            return new Told(there ? 200 : 201, Map.of(), resource);
        }
        return begin.apply(new Begun(
                new Told(there ? 200 : 201, Map.of(), shown(resource)),
                () -> {
                    machines.made(id, resource);
                    properties.put("provisioningState", "Succeeded");
                    return shown(resource);
                },
                () -> properties.put("provisioningState", "Failed"),
                false));
    }

    private Told delete(String id, Function<Begun, Told> begin) {
        if (resources.find(id).isEmpty()) {
            return Told.nothing(204);
        }
        String inUse = IN_USE.get(kindOf(id));
        if (inUse != null && resources.isNamed(id)) {
            return Told.error(400, inUse, "%s %s is in use and cannot be deleted.".formatted(kindOf(id), last(id)));
        }
        if (AT_ONCE.contains(kindOf(id))) {
            resources.remove(id);
            return Told.nothing(200);
        }
        return begin.apply(new Begun(
                Told.nothing(202),
                () -> {
                    machines.gone(id);
                    resources.remove(id);
                    return null;
                },
                () -> {},
                false));
    }

    private Told roles(Asked asked) {
        List<ObjectNode> found = roles.stream()
                .filter(role -> asked.asked("$filter").contains("'" + role + "'"))
                .map(role -> {
                    ObjectNode definition = object().put("id", definitionOf(role))
                            .put("name", last(definitionOf(role)))
                            .put("type", "Microsoft.Authorization/roleDefinitions");
                    definition.putObject("properties").put("roleName", role).put("type", "CustomRole");
                    return definition;
                })
                .toList();
        return values(found);
    }

    /** Its id. */
    public static String definitionOf(String role) {
        return "/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/"
                + UUID.nameUUIDFromBytes(role.getBytes(StandardCharsets.UTF_8));
    }

    private String roleOf(String definition) {
        return roles.stream()
                .filter(role -> definitionOf(role).equals(definition))
                .findFirst()
                .orElse(definition);
    }

    /** Not listed with a group's resources, as it is none. */
    private Told assignment(Asked asked, String scope) {
        String id = asked.path();
        Optional<ObjectNode> there = Optional.ofNullable(assignments.get(key(id)));
        return switch (asked.method()) {
            case "GET" ->
                there.map(Told::ok)
                        .orElseGet(
                                () -> Told.error(404, "RoleAssignmentNotFound", "The role assignment is not found."));
            case "PUT" -> isClosed(scope) ? notAuthorized("write", scope) : putAssignment(id, scope, asked.body());
            case "DELETE" -> {
                if (isClosed(scope)) {
                    yield notAuthorized("delete", scope);
                }
                assignments.remove(key(id));
                yield there.map(Told::ok).orElseGet(() -> Told.nothing(204));
            }
            default -> Told.nothing(405);
        };
    }

    /** One has a role once in the same place, whatever the assignment is called. */
    private Told putAssignment(String id, String scope, JsonNode body) {
        ObjectNode assignment = named(id, body, "Microsoft.Authorization/roleAssignments");
        assignment.withObject("/properties").put("scope", scope);
        boolean there = assignments.containsKey(key(id))
                || assignments.values().stream().anyMatch(other -> isSame(other, assignment));
        if (there) {
            return Told.error(409, "RoleAssignmentExists", "The role assignment already exists.");
        }
        assignments.put(key(id), assignment);
        return new Told(201, Map.of(), assignment);
    }

    private static boolean isSame(ObjectNode one, ObjectNode other) {
        return Stream.of("scope", "principalId", "roleDefinitionId")
                .map(field -> "/properties/" + field)
                .allMatch(field -> one.at(field)
                        .asString("")
                        .equalsIgnoreCase(other.at(field).asString("")));
    }

    /** At, above and below. */
    private Told assignments(String scope, String filter) {
        return values(assignments.values().stream()
                .filter(one -> filter.equals("principalId eq '%s'"
                        .formatted(one.at("/properties/principalId").asString())))
                .filter(one -> {
                    String given = key(one.at("/properties/scope").asString()) + "/";
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

    private Told permissions(String scope) {
        ObjectNode permission = object();
        permission.putArray("actions").add("*");
        ArrayNode not = permission.putArray("notActions");
        if (isClosed(scope)) {
            not.add("Microsoft.Authorization/*/Write").add("Microsoft.Authorization/*/Delete");
        }
        return values(List.of(permission));
    }

    private Told usages(boolean network) {
        return values(usages.entrySet().stream()
                .filter(usage -> usage.getKey().endsWith("IPAddresses") == network)
                .map(usage -> {
                    ObjectNode line = object().put("unit", "Count")
                            .put("currentValue", usage.getValue()[0])
                            .put("limit", usage.getValue()[1]);
                    line.putObject("name").put("value", usage.getKey()).put("localizedValue", usage.getKey());
                    return line;
                })
                .toList());
    }

    private static Told values(List<ObjectNode> values) {
        ObjectNode body = object();
        ArrayNode array = body.putArray("value");
        values.forEach(array::add);
        return Told.ok(body);
    }

    private static ObjectNode named(String id, JsonNode body, String type) {
        ObjectNode resource = object();
        body.propertyStream()
                .forEach(property ->
                        resource.set(property.getKey(), property.getValue().deepCopy()));
        return resource.put("id", id).put("name", last(id)).put("type", type);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
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
        String[] parts = matcher.group(2).split("/", -1);
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
