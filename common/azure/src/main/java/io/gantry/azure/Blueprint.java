package io.gantry.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineUpdateInner;
import com.azure.resourcemanager.compute.models.BillingProfile;
import com.azure.resourcemanager.compute.models.CachingTypes;
import com.azure.resourcemanager.compute.models.DeleteOptions;
import com.azure.resourcemanager.compute.models.DiskCreateOptionTypes;
import com.azure.resourcemanager.compute.models.DiskDeleteOptionTypes;
import com.azure.resourcemanager.compute.models.HardwareProfile;
import com.azure.resourcemanager.compute.models.ImageReference;
import com.azure.resourcemanager.compute.models.LinuxConfiguration;
import com.azure.resourcemanager.compute.models.ManagedDiskParameters;
import com.azure.resourcemanager.compute.models.NetworkInterfaceReference;
import com.azure.resourcemanager.compute.models.NetworkProfile;
import com.azure.resourcemanager.compute.models.OSDisk;
import com.azure.resourcemanager.compute.models.OSProfile;
import com.azure.resourcemanager.compute.models.ResourceIdentityType;
import com.azure.resourcemanager.compute.models.SshConfiguration;
import com.azure.resourcemanager.compute.models.SshPublicKey;
import com.azure.resourcemanager.compute.models.StorageAccountTypes;
import com.azure.resourcemanager.compute.models.StorageProfile;
import com.azure.resourcemanager.compute.models.VirtualMachineEvictionPolicyTypes;
import com.azure.resourcemanager.compute.models.VirtualMachineIdentity;
import com.azure.resourcemanager.compute.models.VirtualMachineIdentityUserAssignedIdentities;
import com.azure.resourcemanager.compute.models.VirtualMachinePriorityTypes;
import com.azure.resourcemanager.compute.models.VirtualMachineSizeTypes;
import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceIpConfigurationInner;
import com.azure.resourcemanager.network.fluent.models.NetworkSecurityGroupInner;
import com.azure.resourcemanager.network.fluent.models.PublicIpAddressInner;
import com.azure.resourcemanager.network.fluent.models.SecurityRuleInner;
import com.azure.resourcemanager.network.fluent.models.SubnetInner;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkInner;
import com.azure.resourcemanager.network.models.AddressSpace;
import com.azure.resourcemanager.network.models.IpAllocationMethod;
import com.azure.resourcemanager.network.models.PublicIpAddressSku;
import com.azure.resourcemanager.network.models.PublicIpAddressSkuName;
import com.azure.resourcemanager.network.models.SecurityRuleAccess;
import com.azure.resourcemanager.network.models.SecurityRuleDirection;
import com.azure.resourcemanager.network.models.SecurityRuleProtocol;
import com.azure.resourcemanager.resources.fluent.models.ResourceGroupInner;
import io.gantry.azure.AzureSettings.Vm;
import io.gantry.machines.WantedMachine;
import java.util.List;
import java.util.Map;

/** What is asked of Azure, to the last field; the same for the same machine, whoever asks and how often. Pure. */
final class Blueprint {
    static final String USER = "ops";
    static final String SUBNET = "nodes";
    private static final String ANYWHERE = "*";
    private static final double AS_MUCH_AS_WITHOUT_SPOT = -1;

    private final AzureSettings settings;
    private final Tags tags;
    private final String publicKey;

    /** @param publicKey as in an authorized_keys line */
    Blueprint(AzureSettings settings, String publicKey) {
        this.settings = settings;
        this.tags = new Tags(settings);
        this.publicKey = publicKey;
    }

    ResourceGroupInner group() {
        return new ResourceGroupInner().withLocation(settings.location()).withTags(tags.shared());
    }

    /** What is not allowed here, Azure refuses: but for its own rule that lets in whatever it calls a part of the network. */
    NetworkSecurityGroupInner firewall() {
        return new NetworkSecurityGroupInner()
                .withLocation(settings.location())
                .withTags(tags.shared())
                .withSecurityRules(List.of(
                        rule("ssh-from-owner", 100, SecurityRuleAccess.ALLOW, "22")
                                .withProtocol(SecurityRuleProtocol.TCP)
                                .withSourceAddressPrefixes(settings.where().sshFrom()),
                        rule("fleet", 110, SecurityRuleAccess.ALLOW, ANYWHERE)
                                .withSourceAddressPrefix(settings.where().network()),
                        rule("nobody-else", 4096, SecurityRuleAccess.DENY, ANYWHERE)
                                .withSourceAddressPrefix(ANYWHERE)));
    }

    private static SecurityRuleInner rule(String name, int priority, SecurityRuleAccess access, String port) {
        return new SecurityRuleInner()
                .withName(name)
                .withProtocol(SecurityRuleProtocol.ASTERISK)
                .withAccess(access)
                .withPriority(priority)
                .withDirection(SecurityRuleDirection.INBOUND)
                .withSourcePortRange(ANYWHERE)
                .withDestinationPortRange(port)
                .withDestinationAddressPrefix(ANYWHERE);
    }

    /** Machines without a public address reach the outside, for their packages: Azure no longer lets them by itself. */
    VirtualNetworkInner network() {
        return new VirtualNetworkInner()
                .withLocation(settings.location())
                .withTags(tags.shared())
                .withAddressSpace(new AddressSpace()
                        .withAddressPrefixes(List.of(settings.where().network())))
                .withSubnets(List.of(new SubnetInner()
                        .withName(SUBNET)
                        .withAddressPrefix(settings.where().network())
                        .withDefaultOutboundAccess(true)
                        .withNetworkSecurityGroup(new NetworkSecurityGroupInner()
                                .withId(networkId("networkSecurityGroups", settings.firewall())))));
    }

    IdentityInner identity() {
        return new IdentityInner().withLocation(settings.location()).withTags(tags.shared());
    }

    PublicIpAddressInner address(WantedMachine wanted) {
        return new PublicIpAddressInner()
                .withLocation(settings.location())
                .withTags(tags.of(wanted))
                .withSku(new PublicIpAddressSku().withName(PublicIpAddressSkuName.STANDARD))
                .withPublicIpAllocationMethod(IpAllocationMethod.STATIC);
    }

    NetworkInterfaceInner nic(WantedMachine wanted) {
        var ip = new NetworkInterfaceIpConfigurationInner()
                .withName("primary")
                .withPrimary(true)
                .withPrivateIpAllocationMethod(IpAllocationMethod.DYNAMIC)
                .withSubnet(new SubnetInner()
                        .withId(networkId("virtualNetworks", settings.network()) + "/subnets/" + SUBNET));
        if (settings.vm(wanted).reachedFromOutside()) {
            ip.withPublicIpAddress(new PublicIpAddressInner()
                    .withId(networkId("publicIPAddresses", AzureSettings.address(wanted.name()))));
        }
        return new NetworkInterfaceInner()
                .withLocation(settings.location())
                .withTags(tags.of(wanted))
                .withIpConfigurations(List.of(ip));
    }

    VirtualMachineInner vm(WantedMachine wanted) {
        Vm vm = settings.vm(wanted);
        var machine = new VirtualMachineInner()
                .withLocation(settings.location())
                .withTags(tags.of(wanted))
                .withIdentity(identityOf(vm))
                .withHardwareProfile(new HardwareProfile().withVmSize(VirtualMachineSizeTypes.fromString(vm.size())))
                .withStorageProfile(
                        new StorageProfile().withImageReference(image()).withOsDisk(disk(wanted, vm)))
                .withOsProfile(system(wanted))
                .withNetworkProfile(new NetworkProfile()
                        .withNetworkInterfaces(List.of(new NetworkInterfaceReference()
                                .withId(networkId("networkInterfaces", AzureSettings.nic(wanted.name())))
                                .withPrimary(true)
                                .withDeleteOption(DeleteOptions.DELETE))));
        if (vm.zone() != null) {
            machine.withZones(List.of(vm.zone()));
        }
        return vm.spot() ? onSpot(machine) : machine;
    }

    /** All else of the machine stays; what Azure never changes, say what was told at its first boot, is not even named. */
    static VirtualMachineUpdateInner resized(String size, Map<String, String> tags) {
        return retagged(tags)
                .withHardwareProfile(new HardwareProfile().withVmSize(VirtualMachineSizeTypes.fromString(size)));
    }

    static VirtualMachineUpdateInner retagged(Map<String, String> tags) {
        return new VirtualMachineUpdateInner().withTags(tags);
    }

    /** Switched off when Azure needs it, not deleted: its disk and address stay. */
    private static VirtualMachineInner onSpot(VirtualMachineInner machine) {
        return machine.withPriority(VirtualMachinePriorityTypes.SPOT)
                .withEvictionPolicy(VirtualMachineEvictionPolicyTypes.DEALLOCATE)
                .withBillingProfile(new BillingProfile().withMaxPrice(AS_MUCH_AS_WITHOUT_SPOT));
    }

    private VirtualMachineIdentity identityOf(Vm vm) {
        return new VirtualMachineIdentity()
                .withType(ResourceIdentityType.USER_ASSIGNED)
                .withUserAssignedIdentities(
                        Map.of(identityId(settings.identity(vm)), new VirtualMachineIdentityUserAssignedIdentities()));
    }

    private ImageReference image() {
        String[] parts = settings.where().image().split(":", -1);
        return new ImageReference()
                .withPublisher(parts[0])
                .withOffer(parts[1])
                .withSku(parts[2])
                .withVersion("latest");
    }

    private static OSDisk disk(WantedMachine wanted, Vm vm) {
        return new OSDisk()
                .withName(AzureSettings.disk(wanted.name()))
                .withCreateOption(DiskCreateOptionTypes.FROM_IMAGE)
                .withCaching(CachingTypes.READ_WRITE)
                .withDiskSizeGB(vm.diskGib())
                .withDeleteOption(DiskDeleteOptionTypes.DELETE)
                .withManagedDisk(
                        new ManagedDiskParameters().withStorageAccountType(StorageAccountTypes.STANDARD_SSD_LRS));
    }

    private OSProfile system(WantedMachine wanted) {
        return new OSProfile()
                .withComputerName(wanted.name())
                .withAdminUsername(USER)
                .withCustomData(CloudInit.customData())
                .withLinuxConfiguration(new LinuxConfiguration()
                        .withDisablePasswordAuthentication(true)
                        .withSsh(new SshConfiguration()
                                .withPublicKeys(List.of(new SshPublicKey()
                                        .withPath("/home/%s/.ssh/authorized_keys".formatted(USER))
                                        .withKeyData(publicKey)))));
    }

    private String networkId(String type, String name) {
        return settings.id("Microsoft.Network/" + type, name);
    }

    String identityId(String name) {
        return settings.id("Microsoft.ManagedIdentity/userAssignedIdentities", name);
    }

    Tags tags() {
        return tags;
    }
}
