package io.gantry.azure;

import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.models.RoleDefinitionInner;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** Roles that an identity of the fleet's is given. What names a scope here has no slash before it: the client puts one there. */
final class Roles {
    private static final String GIVEN_BY_SOMEBODY = "RoleAssignmentExists";

    private final AzureClients azure;
    private final Operations operations;

    Roles(AzureClients azure, Operations operations) {
        this.azure = azure;
        this.operations = operations;
    }

    /** The assignment's: it follows from whom it is for, so it is made once, and known again. */
    static String nameOf(String scope, String principal, String role) {
        return UUID.nameUUIDFromBytes((scope + principal + role).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    Optional<RoleDefinitionInner> find(String scope, String role) {
        return operations.ask(
                "look for the role " + role,
                () ->
                        azure
                                .roles()
                                .getRoleDefinitions()
                                .list(scope, "roleName eq '%s'".formatted(role), Context.NONE)
                                .stream()
                                .findFirst());
    }

    /**
     * Had afterwards, by whomever it was given.
     *
     * @param what as in "give gantry-sky-platform the role AcrPush"
     */
    void give(String what, String scope, String assignment, RoleDefinitionInner role, String principal) {
        var parameters = new RoleAssignmentCreateParameters()
                .withRoleDefinitionId(role.id())
                .withPrincipalId(principal)
                .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL);
        operations.untilFree(what, () -> {
            try {
                azure.roles().getRoleAssignments().create(scope, assignment, parameters);
            } catch (ManagementException refused) {
                if (!GIVEN_BY_SOMEBODY.equals(Trouble.code(refused))) {
                    throw refused;
                }
            }
            return assignment;
        });
    }
}
