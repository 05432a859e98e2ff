package io.gantry.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in Azure a fleet is, and who reaches it.
 *
 * @param subscription its id
 * @param location as in {@code westeurope}
 * @param resourceGroup that holds the fleet; made where it is missing
 * @param network addresses of the fleet's own network, as in {@code 10.42.0.0/16}
 * @param sshFrom addresses from which the machines that the fleet begins with are reached by SSH, as in {@code 203.0.113.7/32}
 * @param image publisher, offer and SKU of the image of all machines, with colons in between
 * @param role the name of the role that the lifecycle manager's identity is given in the resource group
 * @param owner what the tag {@code owner} says; none: there is no such tag
 */
@JsonInclude(Include.NON_NULL)
public record Azure(
        String subscription,
        String location,
        String resourceGroup,
        String network,
        List<String> sshFrom,
        String image,
        String role,
        @Nullable String owner) {
    public Azure {
        sshFrom = List.copyOf(sshFrom);
    }

    /**
     * The id of the managed identity that the fleet's machines have which run the platform.
     *
     * @param fleet its name
     */
    public String platformIdentity(String fleet) {
        return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.ManagedIdentity/userAssignedIdentities/gantry-%s-platform"
                .formatted(subscription, resourceGroup, fleet);
    }
}
