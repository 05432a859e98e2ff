package io.gantry.azure;

import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.models.PermissionInner;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.fluent.models.RoleDefinitionInner;
import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import com.azure.resourcemanager.resources.fluent.models.GenericResourceExpandedInner;
import com.azure.resourcemanager.resources.fluentcore.arm.ResourceId;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the identity of the machines that run the platform may do to what the fleet stands on outside its resource group. Nothing
 * there has tags: a role assignment is known by its name to be the fleet's. Where whoever asks may not give it, people are told.
 */
final class Rights {
    private static final String TO_GIVE = "Microsoft.Authorization/roleAssignments/write";
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
    private record Place(String scope, List<String> roles) {}

    /**
     * A role assignment that bears the name which we give.
     *
     * @param scope what it is for
     */
    private record Given(AzureBacking backing, String scope, String role, String name) {
        String line() {
            return "role assignment %s on %s".formatted(role, backing.host());
        }

        String id() {
            return "/%s/providers/Microsoft.Authorization/roleAssignments/%s".formatted(scope, name);
        }
    }

    Rights(AzureSettings settings, AzureClients azure, Operations operations, Roles roles) {
        this.settings = settings;
        this.azure = azure;
        this.operations = operations;
        this.roles = roles;
        this.tags = new Tags(settings);
    }

    /** What people have to do, as whoever asks may not; a sentence each, and in the lines below it what to type. */
    List<String> errands() {
        Optional<String> principal = principal();
        return settings.backings().stream()
                .flatMap(backing -> errand(backing, principal).stream())
                .toList();
    }

    private Optional<String> errand(AzureBacking backing, Optional<String> principal) {
        Optional<Place> place = find(backing);
        if (place.isEmpty()) {
            String shown =
                    "$(%s -n %s --query id -o tsv)".formatted(backing.kind().shownBy(), backing.name());
            return Optional.of(errand(
                    backing,
                    "there is no %s %s in the subscription %s, or you may not see it; where it is, unless it was done before,"
                            .formatted(
                                    backing.kind().word(),
                                    backing.host(),
                                    settings.where().subscription()),
                    backing.roles(),
                    shown,
                    principal));
        }
        if (mayGive(backing, place.get())) {
            return Optional.empty();
        }
        List<String> missing = principal
                .map(known -> missing(backing, place.get(), known))
                .orElse(place.get().roles());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(errand(
                        backing,
                        "you may not give roles on the %s %s; somebody who may has to"
                                .formatted(backing.kind().word(), backing.host()),
                        missing,
                        "/" + place.get().scope(),
                        principal));
    }

    private String errand(
            AzureBacking backing, String why, List<String> roles, String scope, Optional<String> principal) {
        String when = principal.isPresent() ? "" : ", as soon as it is there (up goes on meanwhile)";
        return roles.stream()
                .map(role -> "\n  " + command(role, scope, principal.orElse(askedFor())))
                .collect(Collectors.joining(
                        "",
                        "%s: %s give %s its rights%s:".formatted(backing.kind().field(), why, identity(), when),
                        ""));
    }

    private static String command(String role, String scope, String principal) {
        return "az role assignment create --role '%s' --scope %s --assignee-object-id %s --assignee-principal-type ServicePrincipal"
                .formatted(role, scope, principal);
    }

    /** By whoever types it, once it is there. */
    private String askedFor() {
        return "$(az identity show --subscription %s -g %s -n %s --query principalId -o tsv)"
                .formatted(settings.where().subscription(), settings.group(), identity());
    }

    /** All given afterwards, but what was left to people. */
    void give() {
        principal()
                .ifPresent(principal -> settings.backings()
                        .forEach(backing -> find(backing).ifPresent(place -> give(backing, place, principal))));
    }

    private void give(AzureBacking backing, Place place, String principal) {
        List<String> missing = missing(backing, place, principal);
        if (!missing.isEmpty() && mayGive(backing, place)) {
            missing.forEach(role -> give(backing, place.scope(), role, principal));
        }
    }

    private void give(AzureBacking backing, String scope, String role, String principal) {
        named(
                () -> roles.give(
                        "give %s the role %s on %s".formatted(identity(), role, backing.host()),
                        scope,
                        nameOf(scope, principal, role),
                        definition(scope, role),
                        principal),
                command(role, "/" + scope, principal));
    }

    /** Those that it was given there, or higher up, are not missing, whoever gave them. */
    private List<String> missing(AzureBacking backing, Place place, String principal) {
        String scope = place.scope();
        List<String> held = assignments(backing, scope, principal).stream()
                .filter(assignment -> reaches(assignment, scope))
                .map(assignment -> last(assignment.roleDefinitionId()))
                .toList();
        return place.roles().stream()
                .filter(role -> see(scope, role)
                        .filter(definition -> held.contains(last(definition.id())))
                        .isEmpty())
                .toList();
    }

    private Optional<RoleDefinitionInner> see(String scope, String role) {
        return operations
                .see("look for the role " + role, () -> roles.find(scope, role))
                .flatMap(Function.identity());
    }

    private RoleDefinitionInner definition(String scope, String role) {
        return see(scope, role)
                .orElseThrow(() -> new MachineFailure(
                        Reason.PROVIDER_REFUSED,
                        "Azure knows no role \"%s\" on /%s, or does not show it to you.".formatted(role, scope)));
    }

    private static boolean reaches(RoleAssignmentInner assignment, String scope) {
        String asked = "/" + scope.toLowerCase(Locale.ROOT) + "/";
        String given = Objects.requireNonNullElse(assignment.scope(), "").toLowerCase(Locale.ROOT);
        return asked.startsWith(given.endsWith("/") ? given : given + "/");
    }

    private static String last(String id) {
        return id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /** A line each, of what we gave and is there. */
    List<String> lines() {
        return given().stream().map(Given::line).toList();
    }

    /** What somebody else gave stays. */
    void takeBack() {
        given().forEach(given -> named(
                () -> operations.find(
                        "take the %s from %s".formatted(given.line(), identity()),
                        () -> azure.roles()
                                .getRoleAssignments()
                                .deleteWithResponse(given.scope(), given.name(), null, Context.NONE)),
                "az role assignment delete --ids " + given.id()));
    }

    private List<Given> given() {
        return principal().stream()
                .flatMap(principal -> settings.backings().stream()
                        .flatMap(backing -> find(backing).stream()
                                .flatMap(place -> given(backing, place.scope(), principal).stream())))
                .toList();
    }

    private List<Given> given(AzureBacking backing, String scope, String principal) {
        List<String> there = assignments(backing, scope, principal).stream()
                .map(RoleAssignmentInner::name)
                .toList();
        return backing.allRoles().stream()
                .map(role -> new Given(backing, scope, role, nameOf(scope, principal, role)))
                .filter(given -> there.contains(given.name()))
                .toList();
    }

    /** Azure does not always write the same id with the same capitals. */
    private static String nameOf(String scope, String principal, String role) {
        return Roles.nameOf(scope.toLowerCase(Locale.ROOT), principal, role);
    }

    /** The client takes this filter as it stands in the address. */
    private List<RoleAssignmentInner> assignments(AzureBacking backing, String scope, String principal) {
        return operations
                .see(
                        "look at the roles on " + backing.host(),
                        () -> azure
                                .roles()
                                .getRoleAssignments()
                                .listForScope(
                                        scope,
                                        "principalId%%20eq%%20'%s'".formatted(principal),
                                        null,
                                        null,
                                        Context.NONE)
                                .stream()
                                .toList())
                .orElse(List.of());
    }

    /** Whom Azure knows the identity as; none: it was not made yet, or there is nothing that it needs a right for. */
    private Optional<String> principal() {
        return settings.backings().isEmpty()
                ? Optional.empty()
                : operations
                        .find(
                                "find the identity " + identity(),
                                () -> azure.identities()
                                        .getUserAssignedIdentities()
                                        .getByResourceGroup(settings.group(), identity()))
                        .filter(found -> tags.areOurs(found.tags()))
                        .map(IdentityInner::principalId)
                        .map(Object::toString);
    }

    private String identity() {
        return settings.shared(AzureSettings.PLATFORM);
    }

    /** If it is in the subscription and may be seen. */
    private Optional<Place> find(AzureBacking backing) {
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
                                .flatMap(id -> place(id, backing).stream())
                                .toList())
                .stream()
                .flatMap(List::stream)
                .findFirst();
    }

    /** Two registries may have the same name, if the hashes in their addresses differ; a storage account has it alone. */
    private Optional<Place> place(String id, AzureBacking backing) {
        String scope = id.substring(1);
        return switch (backing.kind()) {
            case STORAGE_ACCOUNT -> Optional.of(new Place(scope, backing.roles()));
            case CONTAINER_REGISTRY ->
                azure.resources().getResources().getById(id, REGISTRY_VERSION).properties()
                                        instanceof Map<?, ?> properties
                                && backing.host().equalsIgnoreCase(String.valueOf(properties.get("loginServer")))
                        ? Optional.of(new Place(scope, backing.roles(properties)))
                        : Optional.empty();
        };
    }

    /** As far as Azure says beforehand; if it does not want to say, it is tried. */
    private boolean mayGive(AzureBacking backing, Place place) {
        try {
            return operations.ask(
                    "look whether you may give roles on " + backing.host(),
                    () -> permissions(ResourceId.fromString("/" + place.scope()))
                            .anyMatch(Rights::allowsToGive));
        } catch (MachineFailure failure) {
            if (failure.reason() == Reason.PROVIDER_REFUSED) {
                return true;
            }
            throw failure;
        }
    }

    private Stream<PermissionInner> permissions(ResourceId resource) {
        return azure
                .roles()
                .getPermissions()
                .listForResource(
                        resource.resourceGroupName(),
                        resource.providerNamespace(),
                        "",
                        resource.resourceType(),
                        resource.name())
                .stream();
    }

    private static boolean allowsToGive(PermissionInner permission) {
        return isNamedIn(permission.actions()) && !isNamedIn(permission.notActions());
    }

    private static boolean isNamedIn(@Nullable List<String> patterns) {
        return patterns != null
                && patterns.stream()
                        .map(pattern -> Arrays.stream(pattern.split("\\*", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*")))
                        .anyMatch(pattern -> Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                                .matcher(TO_GIVE)
                                .matches());
    }

    /** What somebody forbids, somebody else may: by this command. */
    private static void named(Runnable step, String command) {
        try {
            step.run();
        } catch (MachineFailure failure) {
            if (failure.getCause() instanceof RuntimeException refused && Trouble.isForbidden(refused)) {
                throw new MachineFailure(
                        failure.reason(),
                        "%s Have somebody do it who may, then say it again: %s"
                                .formatted(failure.getMessage(), command),
                        refused);
            }
            throw failure;
        }
    }
}
