package io.gantry.azure;

import com.azure.resourcemanager.authorization.fluent.models.PermissionInner;
import com.azure.resourcemanager.resources.fluentcore.arm.ResourceId;
import io.gantry.azure.Footing.Place;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether whoever asks may give roles somewhere. */
final class Leave {
    private static final String TO_GIVE = "Microsoft.Authorization/roleAssignments/write";

    private final AzureClients azure;
    private final Operations operations;

    Leave(AzureClients azure, Operations operations) {
        this.azure = azure;
        this.operations = operations;
    }

    /** As far as Azure says beforehand; if it does not want to say, it is tried. */
    boolean toGiveOn(Place place) {
        try {
            return operations.ask(
                    "look whether you may give roles on " + place.backing().host(),
                    () -> permissions(ResourceId.fromString("/" + place.scope()))
                            .anyMatch(Leave::allowsToGive));
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
}
