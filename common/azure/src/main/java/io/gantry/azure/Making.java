package io.gantry.azure;

import io.gantry.azure.AzureSettings.Vm;
import io.gantry.machines.WantedMachine;

/** Makes a machine, and what it is reached by before it. Each the same again where it was begun before: nothing is made twice. */
final class Making {
    private final AzureSettings settings;
    private final AzureClients azure;
    private final Operations operations;
    private final MachineOperations ofMachines;
    private final Blueprint blueprint;

    Making(
            AzureSettings settings,
            AzureClients azure,
            Operations operations,
            MachineOperations ofMachines,
            Blueprint blueprint) {
        this.settings = settings;
        this.azure = azure;
        this.operations = operations;
        this.ofMachines = ofMachines;
        this.blueprint = blueprint;
    }

    void machine(WantedMachine wanted, Vm vm) {
        connection(wanted, vm);
        ofMachines.make(
                wanted.name(),
                "create " + wanted.name(),
                () -> azure.compute()
                        .getVirtualMachines()
                        .beginCreateOrUpdate(settings.group(), wanted.name(), blueprint.vm(wanted)));
    }

    /** Its network interface, and its public address if it is to have one. */
    void connection(WantedMachine wanted, Vm vm) {
        String name = wanted.name();
        if (vm.reachedFromOutside()) {
            operations.make(
                    "make the public address of " + name,
                    () -> azure.network()
                            .getPublicIpAddresses()
                            .beginCreateOrUpdate(
                                    settings.group(), AzureSettings.address(name), blueprint.address(wanted)));
        }
        operations.make(
                "make the network interface of " + name,
                () -> azure.network()
                        .getNetworkInterfaces()
                        .beginCreateOrUpdate(settings.group(), AzureSettings.nic(name), blueprint.nic(wanted)));
    }
}
