package io.gantry.testkit.azure;

import static io.gantry.testkit.azure.Resource.last;
import static io.gantry.testkit.azure.Resource.typeOf;
import static io.gantry.testkit.azure.Resources.key;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Resource groups. Whatever is in one goes with it, later than it was asked for. */
final class Groups {
    private final Resources resources;
    private final Consumer<String> going;
    private final Set<String> beingDeleted = new HashSet<>();

    /** @param going is told the id of a group just before all that is in it is gone */
    Groups(Resources resources, Consumer<String> going) {
        this.resources = resources;
        this.going = going;
    }

    Told ask(Asked asked, Function<Begun, Told> begin) {
        String id = asked.path();
        Optional<ObjectNode> there = resources.find(id);
        return switch (asked.method()) {
            case "HEAD" -> Told.nothing(there.isPresent() ? 204 : 404);
            case "GET" -> there.map(Told::ok).orElseGet(() -> ifThere(id, () -> Told.nothing(200)));
            case "PUT" -> isBeingDeleted(id) ? deleting(id) : put(id, asked.body(), there.isPresent());
            case "DELETE" -> ifThere(id, () -> delete(id, begin));
            default -> Told.nothing(405);
        };
    }

    Told ifThere(String group, Supplier<Told> then) {
        if (resources.find(group).isEmpty()) {
            return Told.error(
                    404, "ResourceGroupNotFound", "Resource group '%s' could not be found.".formatted(last(group)));
        }
        return then.get();
    }

    private Told put(String id, JsonNode body, boolean there) {
        ObjectNode group = Resource.named(
                id.replaceFirst("(?i)/resourcegroups/", "/resourceGroups/"),
                body,
                "Microsoft.Resources/resourceGroups");
        group.putObject("properties").put("provisioningState", "Succeeded");
        resources.put(id, group);
        return new Told(there ? 200 : 201, Map.of(), group);
    }

    private Told delete(String id, Function<Begun, Told> begin) {
        beingDeleted.add(key(id));
        return begin.apply(new Begun(
                Told.nothing(202),
                () -> {
                    going.accept(id);
                    resources.removeAll(id);
                    beingDeleted.remove(key(id));
                    return null;
                },
                () -> beingDeleted.remove(key(id)),
                true));
    }

    /** @param id of the group, or of anything in it */
    boolean isBeingDeleted(String id) {
        return beingDeleted.stream().anyMatch(group -> key(id).equals(group) || key(id).startsWith(group + "/"));
    }

    static Told deleting(String id) {
        return Told.error(
                409,
                "ResourceGroupBeingDeleted",
                "The resource group '%s' is in deprovisioning state and cannot perform this operation."
                        .formatted(last(id)));
    }

    /** All that is in one. */
    Told list(String group) {
        return Told.values(resources.under(group).stream()
                .filter(resource -> !typeOf(Resource.idOf(resource)).contains("/subnets"))
                .map(Resource::line)
                .toList());
    }

    /** All of one kind, in whatever group. */
    Told ofKind(String subscription, String filter) {
        return Told.values(resources.under(subscription).stream()
                .filter(resource ->
                        filter.equalsIgnoreCase("resourceType eq '%s'".formatted(typeOf(Resource.idOf(resource)))))
                .map(Resource::line)
                .toList());
    }
}
