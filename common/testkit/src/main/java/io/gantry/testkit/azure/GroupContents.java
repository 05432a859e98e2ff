package io.gantry.testkit.azure;

import static io.gantry.testkit.azure.Resource.kindOf;
import static io.gantry.testkit.azure.Resource.last;
import static io.gantry.testkit.azure.Resource.shown;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is in resource groups: each is made, shown and deleted in the same way, whatever it is. */
final class GroupContents {
    private static final Map<String, String> IN_USE = Map.of(
            "networkinterfaces", "NicInUse",
            "virtualnetworks", "InUseSubnetCannotBeDeleted",
            "networksecuritygroups", "InUseNetworkSecurityGroupCannotBeDeleted",
            "publicipaddresses", "PublicIPAddressCannotBeDeleted",
            "disks", "OperationNotAllowed");
    private static final Set<String> AT_ONCE = Set.of("userassignedidentities");

    private final Resources resources;
    private final Machines machines;
    private final Groups groups;

    GroupContents(Resources resources, Machines machines, Groups groups) {
        this.resources = resources;
        this.machines = machines;
        this.groups = groups;
    }

    /** @param rest as in {@code Microsoft.Compute/virtualMachines/vm-1/start} */
    Told ask(Asked asked, String rest, Function<Begun, Told> begin) {
        int parts = rest.split("/", -1).length;
        String id = asked.path();
        return switch (asked.method()) {
            case "GET" -> parts == 2 ? ofType(id) : get(id, asked);
            case "PUT" -> groups.isBeingDeleted(id) ? Groups.deleting(id) : put(id, asked.body(), begin);
            case "PATCH" -> machines.patch(id, asked.body(), begin);
            case "DELETE" -> delete(id, begin);
            case "POST" -> machines.post(id, asked.body(), begin);
            default -> Told.nothing(405);
        };
    }

    private Told ofType(String prefix) {
        return Told.values(resources.under(prefix).stream().map(Resource::shown).toList());
    }

    private Told get(String id, Asked asked) {
        boolean whole = asked.asked("$expand").equals("instanceView");
        return resources
                .find(id)
                .map(resource -> Told.ok(whole ? machines.withView(resource) : shown(resource)))
                .orElseGet(() -> Told.absent(id));
    }

    private Told put(String id, JsonNode body, Function<Begun, Told> begin) {
        Optional<Told> refused = Rules.refusal(resources, id, body);
        if (refused.isPresent()) {
            return refused.get();
        }
        boolean there = resources.find(id).isPresent();
        ObjectNode resource = Resource.named(id, body, Resource.typeOf(id));
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
                    remove(id);
                    return null;
                },
                () -> {},
                false));
    }

    /** With what goes with it. */
    void remove(String id) {
        machines.gone(id);
        resources.remove(id);
    }
}
