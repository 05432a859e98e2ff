package io.gantry.azure;

import com.azure.resourcemanager.resources.fluent.models.GenericResourceExpandedInner;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import java.util.Map;
import java.util.Objects;

/**
 * Something in the fleet's resource group, by its tags the fleet's or somebody else's.
 *
 * @param type as in {@code Microsoft.Network/networkInterfaces}
 */
record Belonging(String type, String name, Map<String, String> tags) {
    static Belonging of(GenericResourceExpandedInner resource) {
        return new Belonging(resource.type(), resource.name(), Objects.requireNonNullElse(resource.tags(), Map.of()));
    }

    boolean is(String kind) {
        return type.equalsIgnoreCase(kind);
    }

    /** For people. */
    String line() {
        return "%s %s".formatted(type.substring(type.indexOf('/') + 1), name);
    }

    static MachineFailure notOurs(String kind, String name, AzureSettings settings) {
        return new MachineFailure(
                Reason.PROVIDER_REFUSED,
                "There is a %s %s in the resource group %s that is not of the fleet %s, by its tags. Name another resource group (azure.resourceGroup), or the fleet otherwise (name)."
                        .formatted(kind, name, settings.group(), settings.fleet()));
    }
}
