package io.gantry.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineUpdateInner;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineState;
import io.gantry.machines.WantedMachine;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a machine another size, or leaves it what it was. What it was stands in a tag until all is done: whoever died in the middle is
 * followed by one that asks for the same, and knows the way back.
 */
final class Resizing {
    private final AzureSettings settings;
    private final AzureClients azure;
    private final MachineOperations operations;
    private final Blueprint blueprint;
    private final Sight sight;
    private final Switching switching;

    Resizing(
            AzureSettings settings,
            AzureClients azure,
            MachineOperations operations,
            Blueprint blueprint,
            Sight sight,
            Switching switching) {
        this.settings = settings;
        this.azure = azure;
        this.operations = operations;
        this.blueprint = blueprint;
        this.sight = sight;
        this.switching = switching;
    }

    /** None while it is on its way from one size to another. */
    static @Nullable String sizeName(VirtualMachineInner vm) {
        return Tags.sizeBeforeIn(vm.tags()).isPresent() ? null : sizeOf(vm);
    }

    private static String sizeOf(VirtualMachineInner vm) {
        return vm.hardwareProfile() == null
                ? ""
                : String.valueOf(vm.hardwareProfile().vmSize());
    }

    void to(VirtualMachineInner vm, WantedMachine wanted) {
        String size = settings.vm(wanted).size();
        String former = Tags.sizeBeforeIn(vm.tags()).orElseGet(() -> sizeOf(vm));
        try {
            give(vm, size, former);
            switching.on(vm.name());
        } catch (MachineFailure refused) {
            throw leftAsItWas(vm, former, refused);
        }
        update(
                "note the size of " + vm.name(),
                vm.name(),
                Blueprint.retagged(Tags.withoutSizeBefore(blueprint.tags().of(wanted))));
    }

    /**
     * Azure restarts a machine that is on, where it is. It is given back only if Azure has no such size there: one that is given back
     * may find no room any more, neither as what it is to be nor as what it was.
     */
    private void give(VirtualMachineInner vm, String size, String former) {
        String what = "resize %s to %s".formatted(vm.name(), size);
        VirtualMachineUpdateInner resized = Blueprint.resized(size, Tags.withSizeBefore(tagsOf(vm), former));
        try {
            update(what, vm.name(), resized);
        } catch (MachineFailure refused) {
            if (!(refused.getCause() instanceof RuntimeException cause && Trouble.isBoundToItsPlace(cause))) {
                throw refused;
            }
            switching.off(vm.name());
            update(what, vm.name(), resized);
        }
    }

    private MachineFailure leftAsItWas(VirtualMachineInner vm, String former, MachineFailure refused) {
        try {
            if (!isAsItWas(vm.name(), former)) {
                update(
                        "make %s what it was, %s".formatted(vm.name(), former),
                        vm.name(),
                        Blueprint.resized(former, Tags.withoutSizeBefore(tagsOf(vm))));
                switching.on(vm.name());
            }
        } catch (MachineFailure lost) {
            return new MachineFailure(
                    refused.reason(),
                    "%s And it is not what it was again, %s: %s"
                            .formatted(refused.getMessage(), former, lost.getMessage()),
                    refused);
        }
        return new MachineFailure(
                refused.reason(), "%s %s stays %s.".formatted(refused.getMessage(), vm.name(), former), refused);
    }

    private boolean isAsItWas(String name, String former) {
        return sight.look(name)
                .filter(vm -> former.equalsIgnoreCase(sizeName(vm)))
                .filter(vm -> Power.of(vm) == MachineState.RUNNING)
                .isPresent();
    }

    private void update(String what, String name, VirtualMachineUpdateInner body) {
        operations.make(
                name, what, () -> azure.compute().getVirtualMachines().beginUpdate(settings.group(), name, body));
    }

    private static Map<String, String> tagsOf(VirtualMachineInner vm) {
        return Objects.requireNonNull(vm.tags(), "What is ours has our tags");
    }
}
