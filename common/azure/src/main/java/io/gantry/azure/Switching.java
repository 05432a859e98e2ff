package io.gantry.azure;

import io.gantry.machines.MachineState;

/** Switches machines on and off. */
final class Switching {
    private final AzureSettings settings;
    private final AzureClients azure;
    private final MachineOperations operations;

    Switching(AzureSettings settings, AzureClients azure, MachineOperations operations) {
        this.settings = settings;
        this.azure = azure;
        this.operations = operations;
    }

    /** One that is on stays as it is. */
    void on(String name) {
        operations.carryOut(
                name,
                "start " + name,
                () -> azure.compute().getVirtualMachines().beginStart(settings.group(), name));
    }

    /** And given back: one that is off and not given back costs as much as one that is on. */
    void off(String name) {
        operations.carryOut(
                name,
                "stop " + name,
                () -> azure.compute().getVirtualMachines().beginDeallocate(settings.group(), name));
    }

    /** On afterwards, from a new beginning, whatever it is now. */
    void again(String name, MachineState now) {
        if (now == MachineState.RUNNING) {
            operations.carryOut(
                    name,
                    "restart " + name,
                    () -> azure.compute().getVirtualMachines().beginRestart(settings.group(), name));
        } else {
            on(name);
        }
    }
}
