package io.gantry.azure;

import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.fluent.models.RoleDefinitionInner;
import io.gantry.azure.Footing.Place;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import java.util.List;
import java.util.Locale;

/**
 * Gives the platform's identity its roles on what the fleet stands on outside its resource group, and takes them back. Nothing there
 * has tags: a role assignment is known by its name to be the fleet's.
 */
final class Rights {
    private final AzureClients azure;
    private final Operations operations;
    private final Roles roles;
    private final Footing footing;
    private final Leave leave;

    /** A role assignment that bears the name which we give. */
    private record Given(Place place, String role, String name) {
        String line() {
            return "role assignment %s on %s".formatted(role, place.backing().host());
        }

        String id() {
            return "/%s/providers/Microsoft.Authorization/roleAssignments/%s".formatted(place.scope(), name);
        }
    }

    Rights(AzureClients azure, Operations operations, Roles roles, Footing footing, Leave leave) {
        this.azure = azure;
        this.operations = operations;
        this.roles = roles;
        this.footing = footing;
        this.leave = leave;
    }

    /** All given afterwards, but what was left to people. */
    void give() {
        footing.principal().ifPresent(principal -> footing.places().forEach(place -> give(place, principal)));
    }

    private void give(Place place, String principal) {
        List<String> missing = footing.missing(place, principal);
        if (!missing.isEmpty() && leave.toGiveOn(place)) {
            missing.forEach(role -> give(place, role, principal));
        }
    }

    private void give(Place place, String role, String principal) {
        named(
                () -> roles.give(
                        "give %s the role %s on %s"
                                .formatted(
                                        footing.identity(),
                                        role,
                                        place.backing().host()),
                        place.scope(),
                        nameOf(place, principal, role),
                        definition(place, role),
                        principal),
                Errands.command(role, "/" + place.scope(), principal));
    }

    private RoleDefinitionInner definition(Place place, String role) {
        return footing.role(place, role)
                .orElseThrow(() -> new MachineFailure(
                        Reason.PROVIDER_REFUSED,
                        "Azure knows no role \"%s\" on /%s, or does not show it to you."
                                .formatted(role, place.scope())));
    }

    /** A line each, of what we gave and is there. */
    List<String> lines() {
        return given().stream().map(Given::line).toList();
    }

    /** What somebody else gave stays. */
    void takeBack() {
        given().forEach(given -> named(
                () -> operations.find(
                        "take the %s from %s".formatted(given.line(), footing.identity()),
                        () -> azure.roles()
                                .getRoleAssignments()
                                .deleteWithResponse(given.place().scope(), given.name(), null, Context.NONE)),
                "az role assignment delete --ids " + given.id()));
    }

    private List<Given> given() {
        return footing.principal().stream()
                .flatMap(principal -> footing.places().flatMap(place -> given(place, principal).stream()))
                .toList();
    }

    private List<Given> given(Place place, String principal) {
        List<String> there = footing.assignments(place, principal).stream()
                .map(RoleAssignmentInner::name)
                .toList();
        return place.backing().allRoles().stream()
                .map(role -> new Given(place, role, nameOf(place, principal, role)))
                .filter(given -> there.contains(given.name()))
                .toList();
    }

    /** Azure does not always write the same id with the same capitals. */
    private static String nameOf(Place place, String principal, String role) {
        return Roles.nameOf(place.scope().toLowerCase(Locale.ROOT), principal, role);
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
