package io.gantry.azure;

import com.azure.resourcemanager.authorization.fluent.models.RoleDefinitionInner;
import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import com.azure.resourcemanager.network.fluent.models.NetworkSecurityGroupInner;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkInner;
import com.azure.resourcemanager.resources.fluent.models.ResourceGroupInner;
import io.gantry.azure.AzureSettings.Vm;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet's machines have in common: resource group, firewall, network, identities. Looked for first, each; so whoever may
 * not make them finds them, and what was somebody's before is used as it is.
 */
final class Ground {
    private final AzureSettings settings;
    private final AzureClients azure;
    private final Blueprint blueprint;
    private final Operations operations;
    private final Roles roles;
    private final ReentrantLock one = new ReentrantLock();

    Ground(AzureSettings settings, AzureClients azure, Blueprint blueprint, Operations operations, Roles roles) {
        this.settings = settings;
        this.azure = azure;
        this.blueprint = blueprint;
        this.operations = operations;
        this.roles = roles;
    }

    /** There afterwards, with the identity that such a machine has. */
    void ensure(Vm vm) {
        one.lock();
        try {
            group();
            firewall();
            network();
            identity(vm);
        } finally {
            one.unlock();
        }
    }

    Optional<ResourceGroupInner> findGroup() {
        return operations.find(
                "find the resource group " + settings.group(),
                () -> azure.resources().getResourceGroups().get(settings.group()));
    }

    private void group() {
        Optional<ResourceGroupInner> there = findGroup();
        if (there.isEmpty()) {
            operations.untilFree(
                    "make the resource group " + settings.group(),
                    () -> azure.resources().getResourceGroups().createOrUpdate(settings.group(), blueprint.group()));
        } else if (!settings.location().equalsIgnoreCase(plain(there.get().location()))
                && blueprint.tags().areOurs(there.get().tags())) {
            throw new MachineFailure(
                    Reason.PROVIDER_REFUSED,
                    "The resource group %s of this fleet is in %s, and azure.location says %s. Write what is there, or remove the fleet first: gantry down."
                            .formatted(settings.group(), there.get().location(), settings.location()));
        }
    }

    /** Azure writes "West Europe" and "westeurope" for the same. */
    private static String plain(String location) {
        return location.replace(" ", "");
    }

    /** Who may come in by SSH is made what the fleet's file says; only who may change that does. */
    private void firewall() {
        String name = settings.firewall();
        Optional<NetworkSecurityGroupInner> there = operations.find(
                "find " + name,
                () -> azure.network().getNetworkSecurityGroups().getByResourceGroup(settings.group(), name));
        refuseOthers(
                "network security group",
                name,
                there.map(NetworkSecurityGroupInner::tags).orElse(null),
                there.isPresent());
        if (there.isEmpty() || !admits(there.get())) {
            operations.make(
                    "make the network security group " + name,
                    () -> azure.network()
                            .getNetworkSecurityGroups()
                            .beginCreateOrUpdate(settings.group(), name, blueprint.firewall()));
        }
    }

    private boolean admits(NetworkSecurityGroupInner there) {
        return there.securityRules() != null
                && there.securityRules().stream()
                        .anyMatch(rule -> rule.name().equals("ssh-from-owner")
                                && settings.where().sshFrom().equals(rule.sourceAddressPrefixes()));
    }

    private void network() {
        String name = settings.network();
        Optional<VirtualNetworkInner> there = operations.find(
                "find " + name, () -> azure.network().getVirtualNetworks().getByResourceGroup(settings.group(), name));
        refuseOthers(
                "virtual network", name, there.map(VirtualNetworkInner::tags).orElse(null), there.isPresent());
        if (there.isEmpty()) {
            operations.make(
                    "make the virtual network " + name,
                    () -> azure.network()
                            .getVirtualNetworks()
                            .beginCreateOrUpdate(settings.group(), name, blueprint.network()));
        }
    }

    private void identity(Vm vm) {
        String name = settings.identity(vm);
        Optional<IdentityInner> there = operations.find(
                "find the identity " + name,
                () -> azure.identities().getUserAssignedIdentities().getByResourceGroup(settings.group(), name));
        refuseOthers("identity", name, there.map(IdentityInner::tags).orElse(null), there.isPresent());
        IdentityInner identity = there.orElseGet(() -> operations.untilFree(
                "make the identity " + name,
                () -> azure.identities()
                        .getUserAssignedIdentities()
                        .createOrUpdate(settings.group(), name, blueprint.identity())));
        if (vm.runsPlatform()) {
            giveRole(name, identity);
        }
    }

    /** Who made it may be one who must not look at roles. */
    private void giveRole(String name, IdentityInner identity) {
        String principal = String.valueOf(identity.principalId());
        String role = settings.where().role();
        // The client puts a slash before it.
        String scope = settings.groupId().substring(1);
        String assignment = Roles.nameOf(scope, principal, role);
        if (operations
                .find(
                        "look at the roles of " + name,
                        () -> azure.roles().getRoleAssignments().get(scope, assignment))
                .isEmpty()) {
            roles.give(
                    "give %s the role %s".formatted(name, role), scope, assignment, definition(scope, role), principal);
        }
    }

    private RoleDefinitionInner definition(String scope, String role) {
        return roles.find(scope, role)
                .orElseThrow(() -> new MachineFailure(
                        Reason.PROVIDER_REFUSED,
                        "There is no role \"%s\" in the subscription. Make it once: az role definition create --role-definition @docs/azure-role.json; or name another one (azure.role)."
                                .formatted(role)));
    }

    private void refuseOthers(String kind, String name, @Nullable Map<String, String> tags, boolean there) {
        if (there && !blueprint.tags().areOurs(tags)) {
            throw Belonging.notOurs(kind, name, settings);
        }
    }
}
