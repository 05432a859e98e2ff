package io.gantry.azure;

import com.azure.core.util.Context;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Takes the fleet's things away: by their tags, what uses others first. What is somebody else's stays. */
final class Removal {
    static final String VM = "Microsoft.Compute/virtualMachines";
    private static final String NIC = "Microsoft.Network/networkInterfaces";
    private static final String ADDRESS = "Microsoft.Network/publicIPAddresses";
    private static final String DISK = "Microsoft.Compute/disks";
    private static final String NETWORK = "Microsoft.Network/virtualNetworks";
    private static final String FIREWALL = "Microsoft.Network/networkSecurityGroups";
    private static final String IDENTITY = "Microsoft.ManagedIdentity/userAssignedIdentities";
    /** In this order nothing is in use when it is deleted. */
    private static final List<String> ORDER = List.of(VM, NIC, ADDRESS, DISK, NETWORK, FIREWALL, IDENTITY);

    private final AzureSettings settings;
    private final AzureClients azure;
    private final Operations operations;
    private final Tags tags;

    Removal(AzureSettings settings, AzureClients azure, Operations operations) {
        this.settings = settings;
        this.azure = azure;
        this.operations = operations;
        this.tags = new Tags(settings);
    }

    /** All of the fleet's, whatever it is. */
    List<Belonging> belongings() {
        return everything().stream().filter(one -> tags.areOurs(one.tags())).toList();
    }

    /** What is somebody else's in the same resource group. */
    List<Belonging> others() {
        List<Belonging> ours = belongings();
        return everything().stream()
                .filter(one -> !ours.contains(one) && !isPartOf(ours, one))
                .toList();
    }

    private List<Belonging> everything() {
        return operations
                .find(
                        "list what is in the resource group " + settings.group(),
                        () -> azure
                                .resources()
                                .getResources()
                                .listByResourceGroup(settings.group(), null, null, null, Context.NONE)
                                .stream()
                                .map(Belonging::of)
                                .toList())
                .orElse(List.of());
    }

    void machine(String name) {
        remove(belongings().stream()
                .filter(one -> Tags.machineIn(one.tags()).equals(name))
                .toList());
    }

    void everything(boolean groupIsOurs) {
        List<Belonging> ours = belongings();
        if (groupIsOurs && others().isEmpty()) {
            operations.carryOut(
                    "delete the resource group " + settings.group(),
                    () -> azure.resources().getResourceGroups().beginDelete(settings.group()));
        } else {
            remove(ours);
        }
        if (!operations.comesTrue(() -> belongings().isEmpty())) {
            List<Belonging> left = belongings();
            throw new MachineFailure(
                    Reason.PROVIDER_BUSY,
                    "These are still in the resource group %s: %s. Say it again."
                            .formatted(
                                    settings.group(),
                                    left.stream().map(Belonging::line).collect(Collectors.joining(", "))));
        }
    }

    /** A machine's parts that Azure makes, and tags as it likes. */
    private static boolean isPartOf(List<Belonging> ours, Belonging one) {
        return ours.stream()
                .filter(owner -> owner.is(VM))
                .anyMatch(vm -> (one.is(DISK) && one.name().equals(AzureSettings.disk(vm.name())))
                        || one.name().startsWith(vm.name() + "/"));
    }

    private void remove(List<Belonging> belongings) {
        for (String kind : ORDER) {
            belongings.stream().filter(one -> one.is(kind)).forEach(this::remove);
        }
    }

    private void remove(Belonging one) {
        String group = settings.group();
        String what = "delete the " + one.line();
        switch (one.type().toLowerCase(Locale.ROOT)) {
            case "microsoft.compute/virtualmachines" ->
                operations.carryOut(
                        what, () -> azure.compute().getVirtualMachines().beginDelete(group, one.name()));
            case "microsoft.network/networkinterfaces" ->
                operations.carryOut(
                        what, () -> azure.network().getNetworkInterfaces().beginDelete(group, one.name()));
            case "microsoft.network/publicipaddresses" ->
                operations.carryOut(
                        what, () -> azure.network().getPublicIpAddresses().beginDelete(group, one.name()));
            case "microsoft.compute/disks" ->
                operations.carryOut(what, () -> azure.compute().getDisks().beginDelete(group, one.name()));
            case "microsoft.network/virtualnetworks" ->
                operations.carryOut(
                        what, () -> azure.network().getVirtualNetworks().beginDelete(group, one.name()));
            case "microsoft.network/networksecuritygroups" ->
                operations.carryOut(
                        what, () -> azure.network().getNetworkSecurityGroups().beginDelete(group, one.name()));
            default ->
                operations.ask(what, () -> {
                    azure.identities().getUserAssignedIdentities().delete(group, one.name());
                    return one;
                });
        }
    }
}
