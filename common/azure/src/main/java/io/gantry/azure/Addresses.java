package io.gantry.azure;

import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import com.azure.resourcemanager.network.fluent.models.PublicIpAddressInner;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the machines of a resource group are, by the names of what has the addresses.
 *
 * @param ofNic the machines' own
 * @param ofPublic those at which some are reached from outside
 */
record Addresses(Map<String, String> ofNic, Map<String, String> ofPublic) {
    static Addresses in(AzureSettings settings, AzureClients azure, Operations operations) {
        Map<String, String> nics = operations.ask(
                "list the network interfaces",
                () -> azure.network().getNetworkInterfaces().listByResourceGroup(settings.group()).stream()
                        .collect(Collectors.toMap(NetworkInterfaceInner::name, Addresses::privateAddress)));
        Map<String, String> publics = operations.ask(
                "list the public addresses",
                () -> azure.network().getPublicIpAddresses().listByResourceGroup(settings.group()).stream()
                        .filter(address -> address.ipAddress() != null)
                        .collect(Collectors.toMap(PublicIpAddressInner::name, PublicIpAddressInner::ipAddress)));
        return new Addresses(nics, publics);
    }

    private static String privateAddress(NetworkInterfaceInner nic) {
        return nic.ipConfigurations() == null
                ? ""
                : nic.ipConfigurations().stream()
                        .map(ip -> String.valueOf(ip.privateIpAddress()))
                        .findFirst()
                        .orElse("");
    }

    /** In the fleet's network; empty: not known. */
    String within(String machine) {
        return ofNic.getOrDefault(AzureSettings.nic(machine), "");
    }

    /** None: it is not reached from outside. */
    Optional<String> outside(String machine) {
        return Optional.ofNullable(ofPublic.get(AzureSettings.address(machine)));
    }
}
