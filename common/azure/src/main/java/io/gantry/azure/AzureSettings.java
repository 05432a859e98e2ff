package io.gantry.azure;

import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.Azure;
import io.gantry.fleet.AzureMachine;
import io.gantry.fleet.AzureSize;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineRole;
import io.gantry.fleet.MachineSize;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.WantedMachine;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet's virtual machines are made from.
 *
 * @param fleet whose they are
 * @param machines what is said of them beside what a provider is asked for, by name
 * @param backings what of Azure's they stand on, outside the fleet's resource group
 * @param database that lets in their platform's identity; none: the fleet's own, or one that asks for a password
 */
record AzureSettings(
        String fleet,
        Azure where,
        Map<String, Vm> machines,
        List<AzureBacking> backings,
        @Nullable AzureDatabase database) {
    static final String PLATFORM = "platform";
    private static final String NODE = "node";
    static final Memory USUAL_DISK = Memory.parse("64Gi");

    /**
     * @param size Azure's name for it
     * @param reachedFromOutside whether it has a public address, at which its owner's computer reaches it
     */
    record Vm(
            MachineRole role,
            String size,
            Memory disk,
            boolean spot,
            @Nullable String zone,
            boolean reachedFromOutside) {
        int diskGib() {
            return (int) Math.ceilDiv(disk.bytes(), Memory.parse("1Gi").bytes());
        }

        boolean runsPlatform() {
            return role.runsPlatform();
        }
    }

    AzureSettings {
        machines = Map.copyOf(machines);
        backings = List.copyOf(backings);
    }

    static AzureSettings of(Fleet fleet) {
        Map<String, Vm> machines = new TreeMap<>();
        Set<Machine> outside = new HashSet<>(fleet.beginning());
        outside.addAll(fleet.gates());
        fleet.machines().forEach(machine -> machines.put(machine.name(), vm(machine, outside.contains(machine))));
        return new AzureSettings(
                fleet.name(),
                Objects.requireNonNull(fleet.azure(), "A fleet of the provider azure says where it is"),
                machines,
                AzureBacking.of(fleet),
                AzureDatabase.of(fleet.database()));
    }

    private static Vm vm(Machine machine, boolean outside) {
        AzureMachine azure = Objects.requireNonNull(machine.azure(), "A machine of the provider azure has a size");
        MachineSize size = machine.size();
        Memory disk = size == null || size.disk() == null ? USUAL_DISK : size.disk();
        return new Vm(machine.role(), azure.size(), disk, azure.spot(), azure.zone(), outside);
    }

    /** Whether anything outside the resource group lets in the platform's identity. */
    boolean standsOnOthers() {
        return database != null || !backings.isEmpty();
    }

    /** A machine that the fleet's file does not name runs apps alone. */
    Vm vm(WantedMachine wanted) {
        Vm said = machines.get(wanted.name());
        return said == null
                ? new Vm(MachineRole.WORKER, sizeFor(wanted.size()).name(), USUAL_DISK, false, null, false)
                : said;
    }

    private static AzureSize sizeFor(io.gantry.machines.MachineSize size) {
        return AzureSize.fitting(size.cpus(), size.memory())
                .orElseThrow(() -> new MachineFailure(
                        MachineFailure.Reason.PROVIDER_REFUSED,
                        "Gantry knows no size of Azure's with %s cores and %s: ask for less, or name one in fleet.yaml: machines[].azure.size."
                                .formatted(size.cpus(), size.memory())));
    }

    String group() {
        return where.resourceGroup();
    }

    String location() {
        return where.location();
    }

    /** Of what the machines have in common, one of each kind. */
    String shared(String kind) {
        return "gantry-" + fleet + "-" + kind;
    }

    String network() {
        return shared("network");
    }

    String firewall() {
        return shared("firewall");
    }

    String identity(Vm vm) {
        return shared(vm.runsPlatform() ? PLATFORM : NODE);
    }

    static String nic(String machine) {
        return machine + "-nic";
    }

    static String address(String machine) {
        return machine + "-address";
    }

    static String disk(String machine) {
        return machine + "-disk";
    }

    String groupId() {
        return "/subscriptions/%s/resourceGroups/%s".formatted(where.subscription(), group());
    }

    /** @param type as in {@code Microsoft.Network/networkInterfaces} */
    String id(String type, String name) {
        return "%s/providers/%s/%s".formatted(groupId(), type, name);
    }

    static String word(MachineRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
