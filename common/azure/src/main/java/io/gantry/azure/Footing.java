package io.gantry.azure;

import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.fluent.models.RoleDefinitionInner;
import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import com.azure.resourcemanager.resources.fluent.models.GenericResourceExpandedInner;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the fleet stands on outside its resource group: where it is, and what the platform's identity holds there and lacks. */
final class Footing {
    /** Of which a registry's resource is asked for. */
    private static final String REGISTRY_VERSION = "2025-11-01";

    private final AzureSettings settings;
    private final AzureClients azure;
    private final Operations operations;
    private final Roles roles;
    private final Tags tags;

    /**
     * Where a backing is.
     *
     * @param scope its id, without the slash before it
     * @param roles that are needed there
     */
    record Place(AzureBacking backing, String scope, List<String> roles) {}

    Footing(AzureSettings settings, AzureClients azure, Operations operations, Roles roles) {
        this.settings = settings;
        this.azure = azure;
        this.operations = operations;
        this.roles = roles;
        this.tags = new Tags(settings);
    }

    /** Of all that are found, each looked for when it is its turn. */
    Stream<Place> places() {
        return settings.backings().stream().flatMap(backing -> find(backing).stream());
    }

    /** If it is in the subscription and may be seen. */
    Optional<Place> find(AzureBacking backing) {
        return operations
                .see(
                        "look for the %s %s".formatted(backing.kind().word(), backing.host()),
                        () -> azure
                                .resources()
                                .getResources()
                                .list(
                                        "resourceType eq '%s'"
                                                .formatted(backing.kind().type()),
                                        null,
                                        null,
                                        Context.NONE)
                                .stream()
                                .filter(resource -> resource.name().equalsIgnoreCase(backing.name()))
                                .map(GenericResourceExpandedInner::id)
                                .flatMap(id -> place(id.substring(1), backing).stream())
                                .toList())
                .stream()
                .flatMap(List::stream)
                .findFirst();
    }

    /** Two registries may have the same name, if the hashes in their addresses differ; a storage account has it alone. */
    private Optional<Place> place(String scope, AzureBacking backing) {
        return switch (backing.kind()) {
            case STORAGE_ACCOUNT -> Optional.of(new Place(backing, scope, backing.roles()));
            case CONTAINER_REGISTRY ->
                azure.resources()
                                                .getResources()
                                                .getById(scope, REGISTRY_VERSION)
                                                .properties()
                                        instanceof Map<?, ?> properties
                                && backing.host().equalsIgnoreCase(String.valueOf(properties.get("loginServer")))
                        ? Optional.of(new Place(backing, scope, backing.roles(properties)))
                        : Optional.empty();
        };
    }

    String identity() {
        return settings.shared(AzureSettings.PLATFORM);
    }

    /** Whom Azure knows the identity as; none: it was not made yet, or there is nothing that it needs a right for. */
    Optional<String> principal() {
        return settings.standsOnOthers()
                ? operations
                        .find(
                                "find the identity " + identity(),
                                () -> azure.identities()
                                        .getUserAssignedIdentities()
                                        .getByResourceGroup(settings.group(), identity()))
                        .filter(found -> tags.areOurs(found.tags()))
                        .map(IdentityInner::principalId)
                        .map(Object::toString)
                : Optional.empty();
    }

    /** Those that it was given there, or higher up, are not missing, whoever gave them. */
    List<String> missing(Place place, String principal) {
        List<String> held = assignments(place, principal).stream()
                .filter(assignment -> reaches(assignment, place.scope()))
                .map(assignment -> last(assignment.roleDefinitionId()))
                .toList();
        return place.roles().stream()
                .filter(role -> role(place, role)
                        .filter(definition -> held.contains(last(definition.id())))
                        .isEmpty())
                .toList();
    }

    /** If it is known there and may be seen. */
    Optional<RoleDefinitionInner> role(Place place, String name) {
        return operations
                .see("look for the role " + name, () -> roles.find(place.scope(), name))
                .flatMap(Function.identity());
    }

    /** At, above and below. The client takes this filter as it stands in the address. */
    List<RoleAssignmentInner> assignments(Place place, String principal) {
        return operations
                .see(
                        "look at the roles on " + place.backing().host(),
                        () -> azure
                                .roles()
                                .getRoleAssignments()
                                .listForScope(
                                        place.scope(),
                                        "principalId%%20eq%%20'%s'".formatted(principal),
                                        null,
                                        null,
                                        Context.NONE)
                                .stream()
                                .toList())
                .orElse(List.of());
    }

    private static boolean reaches(RoleAssignmentInner assignment, String scope) {
        String asked = "/" + scope.toLowerCase(Locale.ROOT) + "/";
        String given = Objects.requireNonNullElse(assignment.scope(), "").toLowerCase(Locale.ROOT);
        return asked.startsWith(given.endsWith("/") ? given : given + "/");
    }

    private static String last(String id) {
        return id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }
}
