package io.gantry.testkit.azure;

import static io.gantry.testkit.azure.Resources.key;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What there is in a subscription, and whom what is asked of it concerns. */
public final class Subscription {
    /** @param scope the id of what it is for */
    public record RoleGiven(String role, String scope, String principal) {}

    private static final String GROUP = "/subscriptions/[^/]+/resourcegroups/[^/]+";
    private static final Pattern IN_GROUP = Pattern.compile("(?i)(" + GROUP + ")/providers/(.+)");
    private static final Pattern A_GROUP = Pattern.compile("(?i)" + GROUP);
    private static final Pattern RESOURCES = Pattern.compile("(?i)(" + GROUP + ")/resources");
    private static final Pattern ALL_RESOURCES = Pattern.compile("(?i)(/subscriptions/[^/]+)/resources");
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

    private final Resources resources = new Resources();
    private final RoleDefinitions roles = new RoleDefinitions();
    private final RoleAssignments assignments = new RoleAssignments(roles);
    private final Offers offers = new Offers();
    private final Machines machines;
    private final Groups groups;
    private final GroupContents contents;

    Subscription(Hosts hosts) {
        this.machines = new Machines(resources, hosts);
        this.groups = new Groups(resources, this::going);
        this.contents = new GroupContents(resources, machines, groups);
    }

    private void going(String group) {
        resources.under(group).forEach(resource -> machines.gone(Resource.idOf(resource)));
        assignments.gone(group);
    }

    /** Roles that can be given; those that Gantry asks for are there from the beginning. */
    public synchronized void forgetRoles() {
        roles.forget();
    }

    /** Whoever asks may do all there but give and take roles, as a Contributor. */
    public synchronized void closeRoles(String scope) {
        assignments.close(scope);
    }

    /** By somebody else, under a name of his own. */
    public synchronized void giveRole(String role, String scope, String principal) {
        assignments.give(role, scope, principal);
    }

    /** By somebody else, wherever it was given. */
    public synchronized void takeRole(String role) {
        assignments.take(role);
    }

    /** All, by the names of the roles. */
    public synchronized List<RoleGiven> rolesGiven() {
        return assignments.all();
    }

    /** The id of a role. */
    public static String definitionOf(String role) {
        return RoleDefinitions.idOf(role);
    }

    /** @param zones in which it is to be had */
    public synchronized void offer(String size, String location, List<String> zones, boolean restricted) {
        offers.offer(size, location, zones, restricted);
    }

    /** @param name as in {@code cores} or {@code PublicIPAddresses} */
    public synchronized void quota(String name, long used, long limit) {
        offers.quota(name, used, limit);
    }

    synchronized void vanish(String what) {
        ids().stream().filter(id -> id.endsWith("/" + what)).toList().forEach(contents::remove);
    }

    synchronized void plant(String id, JsonNode resource) {
        ObjectNode planted = Resource.object();
        resource.propertyStream().forEach(property -> planted.set(property.getKey(), property.getValue()));
        planted.put("id", id).put("name", Resource.last(id)).put("type", Resource.typeOf(id));
        resources.put(id, planted);
    }

    synchronized List<String> ids() {
        return resources.under("").stream().map(Resource::idOf).toList();
    }

    Told ask(Asked asked, Function<Begun, Told> begin) {
        String path = asked.path();
        if (A_GROUP.matcher(path).matches()) {
            return groups.ask(asked, begin);
        }
        Matcher all = ALL_RESOURCES.matcher(path);
        if (all.matches()) {
            return groups.ofKind(all.group(1), asked.asked("$filter"));
        }
        Matcher inOne = RESOURCES.matcher(path);
        if (inOne.matches()) {
            return groups.ifThere(inOne.group(1), () -> groups.list(inOne.group(1)));
        }
        if (SKUS.matcher(path).matches()) {
            return offers.skus();
        }
        if (USAGES.matcher(path).matches()) {
            return offers.usages(key(path).contains("microsoft.network"));
        }
        return ROLES.matcher(path).matches() ? roles.list(asked.asked("$filter")) : askOfRights(asked, begin);
    }

    private Told askOfRights(Asked asked, Function<Begun, Told> begin) {
        Matcher assignment = ASSIGNMENT.matcher(asked.path());
        if (assignment.matches()) {
            return assignments.ask(asked, assignment.group(1));
        }
        Matcher assigned = ASSIGNMENTS.matcher(asked.path());
        if (assigned.matches()) {
            return assignments.list(assigned.group(1), asked.asked("$filter"));
        }
        Matcher permissions = PERMISSIONS.matcher(asked.path());
        return permissions.matches() ? assignments.permissions(permissions.group(1)) : askOfContents(asked, begin);
    }

    private Told askOfContents(Asked asked, Function<Begun, Told> begin) {
        Matcher inGroup = IN_GROUP.matcher(asked.path());
        return inGroup.matches()
                ? groups.ifThere(inGroup.group(1), () -> contents.ask(asked, inGroup.group(2), begin))
                : Told.error(404, "InvalidResourceType", "There is nothing at " + asked.path());
    }
}
