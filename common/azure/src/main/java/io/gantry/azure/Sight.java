package io.gantry.azure;

import static java.util.Comparator.comparing;

import com.azure.core.util.Context;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.InstanceViewTypes;
import io.gantry.azure.AzureMachines.Reached;
import io.gantry.machines.HostKeyPins;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineState;
import io.gantry.remote.HostKey;
import io.gantry.remote.SshTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The machines as they are found: what Azure tells of them, and by which key each is known. */
final class Sight {
    private static final int SSH_PORT = 22;

    private final AzureSettings settings;
    private final AzureClients azure;
    private final Operations operations;
    private final Tags tags;
    private final HostKeyPins pins;
    private final Reached reached;

    Sight(AzureSettings settings, AzureClients azure, Operations operations, HostKeyPins pins, Reached reached) {
        this.settings = settings;
        this.azure = azure;
        this.operations = operations;
        this.tags = new Tags(settings);
        this.pins = pins;
        this.reached = reached;
    }

    /** All of the fleet's, by their names. */
    List<Machine> all() {
        List<VirtualMachineInner> vms = operations
                .find(
                        "list the machines",
                        () -> azure.compute().getVirtualMachines().listByResourceGroup(settings.group()).stream()
                                .filter(this::isOurs)
                                .toList())
                .orElse(List.of());
        if (vms.isEmpty()) {
            return List.of();
        }
        Addresses addresses = addresses();
        return together(vms.stream()
                        .map(vm -> (Callable<Optional<Machine>>)
                                () -> look(vm.name()).map(seen -> machine(seen, addresses)))
                        .toList())
                .stream()
                .flatMap(Optional::stream)
                .sorted(comparing(Machine::name))
                .toList();
    }

    /** What each looks like has to be asked for one by one. */
    private static <T> List<T> together(List<Callable<T>> questions) {
        List<Future<T>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            questions.forEach(question -> answers.add(threads.submit(question)));
        }
        return answers.stream().map(Sight::answer).toList();
    }

    private static <T> T answer(Future<T> answer) {
        if (answer.state() == Future.State.FAILED && answer.exceptionNow() instanceof RuntimeException thrown) {
            throw thrown;
        }
        return answer.resultNow();
    }

    /** One of the fleet's. */
    Optional<Machine> find(String name) {
        return look(name).filter(this::isOurs).map(vm -> machine(vm, addresses()));
    }

    Machine there(String name) {
        return find(name).orElseThrow(() -> MachineFailure.noSuchMachine(name));
    }

    /** Whosever it is, with its power. */
    Optional<VirtualMachineInner> look(String name) {
        return operations.find(
                "find " + name,
                () -> azure.compute()
                        .getVirtualMachines()
                        .getByResourceGroupWithResponse(
                                settings.group(), name, InstanceViewTypes.INSTANCE_VIEW, Context.NONE)
                        .getValue());
    }

    /** One of the fleet's that is there. */
    VirtualMachineInner ours(String name) {
        return look(name).filter(this::isOurs).orElseThrow(() -> MachineFailure.noSuchMachine(name));
    }

    /**
     * @return the fleet's, if there is one of this name
     * @throws MachineFailure if it is somebody else's
     */
    Optional<VirtualMachineInner> refuseOthers(String name) {
        Optional<VirtualMachineInner> found = look(name);
        found.filter(vm -> !isOurs(vm)).ifPresent(_ -> {
            throw Belonging.notOurs("virtual machine", name, settings);
        });
        return found;
    }

    private boolean isOurs(VirtualMachineInner vm) {
        return tags.areOurs(vm.tags());
    }

    boolean hasPublicAddress(String name) {
        return addresses().outside(name).isPresent();
    }

    SshTarget target(String name, HostKey key) {
        return target(name, key, addresses());
    }

    private Addresses addresses() {
        return Addresses.in(settings, azure, operations);
    }

    private Machine machine(VirtualMachineInner vm, Addresses addresses) {
        String name = vm.name();
        Optional<HostKey> pinned = pins.of(name);
        return new Machine(
                name,
                pinned.isEmpty() ? MachineState.PROVISIONING : Power.of(vm),
                addresses.within(name),
                pinned.map(key -> target(name, key, addresses)).orElse(null),
                Tags.sizeIn(vm.tags()),
                Resizing.sizeName(vm),
                Tags.labelsIn(vm.tags()));
    }

    private SshTarget target(String name, HostKey key, Addresses addresses) {
        String within = addresses.within(name);
        String address = reached == Reached.FROM_WITHIN
                ? within
                : addresses.outside(name).orElse(within);
        return new SshTarget(Blueprint.USER, address, SSH_PORT, key);
    }
}
