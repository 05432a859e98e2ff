package io.gantry.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.InstanceViewStatus;
import io.gantry.machines.MachineState;
import java.util.Objects;
import java.util.Optional;

/** Whether a virtual machine is on, as Azure says it. */
final class Power {
    private static final String PREFIX = "PowerState/";

    private Power() {}

    /** What is on its way up is not yet on; what is on its way down is off as soon as it is asked to be. */
    static MachineState of(VirtualMachineInner vm) {
        return switch (code(vm).orElse("")) {
            case "running" -> MachineState.RUNNING;
            case "stopping", "stopped", "deallocating", "deallocated" -> MachineState.STOPPED;
            case "starting" -> MachineState.PROVISIONING;
            default -> isMade(vm) ? MachineState.UNREACHABLE : MachineState.PROVISIONING;
        };
    }

    private static Optional<String> code(VirtualMachineInner vm) {
        return vm.instanceView() == null || vm.instanceView().statuses() == null
                ? Optional.empty()
                : vm.instanceView().statuses().stream()
                        .map(InstanceViewStatus::code)
                        .filter(code -> code != null && code.startsWith(PREFIX))
                        .map(code -> code.substring(PREFIX.length()))
                        .findFirst();
    }

    /** One that is not is asked for again. */
    static boolean isMade(VirtualMachineInner vm) {
        return Objects.equals(vm.provisioningState(), "Succeeded")
                || Objects.equals(vm.provisioningState(), "Updating");
    }
}
