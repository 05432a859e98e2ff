package io.gantry.azure;

import static java.util.Comparator.comparing;

import com.azure.core.util.Context;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.InstanceViewTypes;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import com.azure.resourcemanager.network.fluent.models.PublicIpAddressInner;
import io.gantry.azure.AzureSettings.Vm;
import io.gantry.azure.Operations.Waits;
import io.gantry.fleet.Fleet;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.HostKeyPins;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineProvider;
import io.gantry.machines.MachineState;
import io.gantry.machines.WantedMachine;
import io.gantry.remote.HostKey;
import io.gantry.remote.SshTarget;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Machines that are virtual machines of Azure. All that is made carries the fleet's tags; what does not is not touched. */
public final class AzureMachines implements MachineProvider {
    private static final int SSH_PORT = 22;

    private final AzureSettings settings;
    private final AzureClients azure;
    private final FleetKeys keys;
    private final HostKeyPins pins;
    private final Reached reached;
    private final Operations operations;
    private final MachineOperations ofMachines;
    private final Blueprint blueprint;
    private final Ground ground;
    private final Rights rights;
    private final Errands errands;
    private final Removal removal;
    private final Obstacles obstacles;
    private final ShownKey shownKey;
    private final Resizing resizing;

    /** From where the machines are reached. */
    public enum Reached {
        /** By the public addresses of those that have one. */
        FROM_OUTSIDE,
        /** From a machine of the fleet. */
        FROM_WITHIN
    }

    /**
     * @param access by which Azure knows who asks
     * @param pins where the machines' host keys are pinned
     * @param ongoing where it is written down what Azure is at
     */
    public AzureMachines(
            Fleet fleet,
            AzureAccess access,
            FleetKeys keys,
            HostKeyPins pins,
            Ongoing ongoing,
            Reached reached,
            InstantSource clock) {
        this(AzureSettings.of(fleet), access.clients(fleet), keys, pins, ongoing, reached, clock, Waits.USUAL);
    }

    AzureMachines(
            AzureSettings settings,
            AzureClients azure,
            FleetKeys keys,
            HostKeyPins pins,
            Ongoing ongoing,
            Reached reached,
            InstantSource clock,
            Waits waits) {
        this.settings = settings;
        this.azure = azure;
        this.keys = keys;
        this.pins = pins;
        this.reached = reached;
        this.operations = new Operations(settings, clock, waits);
        this.ofMachines = new MachineOperations(azure, operations, ongoing, clock, waits);
        this.blueprint = new Blueprint(settings, keys.publicKey());
        var roles = new Roles(azure, operations);
        this.ground = new Ground(settings, azure, blueprint, operations, roles);
        var footing = new Footing(settings, azure, operations, roles);
        var leave = new Leave(azure, operations);
        this.rights = new Rights(azure, operations, roles, footing, leave);
        this.errands = new Errands(settings, footing, leave);
        this.removal = new Removal(settings, azure, operations);
        this.obstacles = new Obstacles(settings, azure, operations, removal);
        this.shownKey = new ShownKey(settings, azure, operations, clock, waits);
        this.resizing = new Resizing(settings, azure, ofMachines, blueprint, this::look);
    }

    @Override
    public Path privateKey(String name) {
        return keys.privateKey();
    }

    @Override
    public List<Machine> list() {
        List<VirtualMachineInner> vms = operations
                .find(
                        "list the machines",
                        () -> azure.compute().getVirtualMachines().listByResourceGroup(settings.group()).stream()
                                .filter(vm -> blueprint.tags().areOurs(vm.tags()))
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
        return answers.stream().map(AzureMachines::answer).toList();
    }

    private static <T> T answer(Future<T> answer) {
        if (answer.state() == Future.State.FAILED && answer.exceptionNow() instanceof RuntimeException thrown) {
            throw thrown;
        }
        return answer.resultNow();
    }

    @Override
    public Optional<Machine> find(String name) {
        return look(name).filter(vm -> blueprint.tags().areOurs(vm.tags())).map(vm -> machine(vm, addresses()));
    }

    private Optional<VirtualMachineInner> look(String name) {
        return operations.find(
                "find " + name,
                () -> azure.compute()
                        .getVirtualMachines()
                        .getByResourceGroupWithResponse(
                                settings.group(), name, InstanceViewTypes.INSTANCE_VIEW, Context.NONE)
                        .getValue());
    }

    /**
     * By the names of what has them.
     *
     * @param ofNic the machines' own
     * @param ofPublic those at which some are reached from outside
     */
    private record Addresses(Map<String, String> ofNic, Map<String, String> ofPublic) {}

    private Addresses addresses() {
        Map<String, String> nics = operations.ask(
                "list the network interfaces",
                () -> azure.network().getNetworkInterfaces().listByResourceGroup(settings.group()).stream()
                        .collect(Collectors.toMap(NetworkInterfaceInner::name, AzureMachines::privateAddress)));
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

    private Machine machine(VirtualMachineInner vm, Addresses addresses) {
        String name = vm.name();
        String address = addresses.ofNic().getOrDefault(AzureSettings.nic(name), "");
        Optional<HostKey> pinned = pins.of(name);
        return new Machine(
                name,
                pinned.isEmpty() ? MachineState.PROVISIONING : Power.of(vm),
                address,
                pinned.map(key -> new SshTarget(Blueprint.USER, reachedAt(name, address, addresses), SSH_PORT, key))
                        .orElse(null),
                Tags.sizeIn(vm.tags()),
                Resizing.sizeName(vm),
                Tags.labelsIn(vm.tags()));
    }

    private String reachedAt(String name, String address, Addresses addresses) {
        return reached == Reached.FROM_WITHIN
                ? address
                : addresses.ofPublic().getOrDefault(AzureSettings.address(name), address);
    }

    @Override
    public Machine create(WantedMachine wanted) {
        String name = wanted.name();
        Vm vm = settings.vm(wanted);
        ofMachines.awaitFormer(name);
        Optional<VirtualMachineInner> there = look(name);
        there.filter(found -> !blueprint.tags().areOurs(found.tags())).ifPresent(_ -> {
            throw Belonging.notOurs("virtual machine", name, settings);
        });
        boolean made = there.filter(Power::isMade).isPresent();
        // Who may come in can change, and whoever is on a machine of the fleet may not change it.
        if (!made || reached == Reached.FROM_OUTSIDE) {
            ground.ensure(vm);
        }
        // Nobody in the fleet gives the fleet a right.
        if (reached == Reached.FROM_OUTSIDE && vm.runsPlatform()) {
            rights.give();
        }
        if (!made) {
            if (there.isEmpty()) {
                pins.forget(name);
            }
            make(wanted, vm);
        }
        if (made && reached == Reached.FROM_OUTSIDE && vm.reachedFromOutside()) {
            openLater(wanted, vm);
        }
        start(name);
        if (pins.of(name).isEmpty()) {
            pin(name);
        }
        return there(name);
    }

    /** One that was made when it was not yet to be reached from outside. */
    private void openLater(WantedMachine wanted, Vm vm) {
        if (!addresses().ofPublic().containsKey(AzureSettings.address(wanted.name()))) {
            connect(wanted, vm);
        }
    }

    /** Each the same again where it was begun before: nothing is made twice. */
    private void make(WantedMachine wanted, Vm vm) {
        connect(wanted, vm);
        ofMachines.make(
                wanted.name(),
                "create " + wanted.name(),
                () -> azure.compute()
                        .getVirtualMachines()
                        .beginCreateOrUpdate(settings.group(), wanted.name(), blueprint.vm(wanted)));
    }

    private void connect(WantedMachine wanted, Vm vm) {
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

    private void pin(String name) {
        HostKey key = shownKey.of(name);
        Addresses addresses = addresses();
        String address = addresses.ofNic().getOrDefault(AzureSettings.nic(name), "");
        pins.pin(name, new SshTarget(Blueprint.USER, reachedAt(name, address, addresses), SSH_PORT, key));
    }

    @Override
    public Machine start(String name) {
        return changing(name, state -> {
            if (state != MachineState.RUNNING) {
                ofMachines.carryOut(
                        name,
                        "start " + name,
                        () -> azure.compute().getVirtualMachines().beginStart(settings.group(), name));
            }
        });
    }

    /** One that is off and not given back costs as much as one that is on. */
    @Override
    public Machine stop(String name) {
        return changing(name, state -> {
            if (state != MachineState.STOPPED) {
                ofMachines.carryOut(
                        name,
                        "stop " + name,
                        () -> azure.compute().getVirtualMachines().beginDeallocate(settings.group(), name));
            }
        });
    }

    @Override
    public Machine restart(String name) {
        return changing(name, state -> {
            if (state == MachineState.RUNNING) {
                ofMachines.carryOut(
                        name,
                        "restart " + name,
                        () -> azure.compute().getVirtualMachines().beginRestart(settings.group(), name));
            } else {
                ofMachines.carryOut(
                        name,
                        "start " + name,
                        () -> azure.compute().getVirtualMachines().beginStart(settings.group(), name));
            }
        });
    }

    private Machine changing(String name, Consumer<MachineState> change) {
        ofMachines.awaitFormer(name);
        change.accept(Power.of(ours(name)));
        return there(name);
    }

    private VirtualMachineInner ours(String name) {
        return look(name)
                .filter(found -> blueprint.tags().areOurs(found.tags()))
                .orElseThrow(() -> MachineFailure.noSuchMachine(name));
    }

    @Override
    public boolean differs(Machine there, WantedMachine wanted) {
        return !settings.vm(wanted).size().equalsIgnoreCase(there.sizeName());
    }

    @Override
    public Machine resize(WantedMachine wanted) {
        ofMachines.awaitFormer(wanted.name());
        VirtualMachineInner vm = ours(wanted.name());
        if (!settings.vm(wanted).size().equalsIgnoreCase(Resizing.sizeName(vm))) {
            resizing.to(vm, wanted);
        }
        return start(wanted.name());
    }

    private Machine there(String name) {
        return find(name).orElseThrow(() -> MachineFailure.noSuchMachine(name));
    }

    @Override
    public void delete(String name) {
        ofMachines.awaitFormer(name);
        look(name).filter(found -> !blueprint.tags().areOurs(found.tags())).ifPresent(_ -> {
            throw Belonging.notOurs("virtual machine", name, settings);
        });
        removal.machine(name);
        pins.forget(name);
    }

    @Override
    public void deleteAll() {
        list().forEach(machine -> pins.forget(machine.name()));
        rights.takeBack();
        removal.everything(ground.findGroup()
                .filter(group -> blueprint.tags().areOurs(group.tags()))
                .isPresent());
    }

    @Override
    public List<String> obstacles(List<WantedMachine> wanted) {
        Map<String, Machine> there = list().stream().collect(Collectors.toMap(Machine::name, Function.identity()));
        return obstacles.of(
                wanted.stream()
                        .filter(machine -> !there.containsKey(machine.name()))
                        .toList(),
                wanted.stream()
                        .flatMap(machine -> Optional.ofNullable(there.get(machine.name()))
                                .filter(known -> differs(known, machine))
                                .map(known -> new Obstacles.Resized(machine, known.sizeName()))
                                .stream())
                        .toList());
    }

    @Override
    public List<String> errands() {
        return errands.all();
    }

    @Override
    public List<String> belongings() {
        return Stream.concat(removal.belongings().stream().map(Belonging::line), rights.lines().stream())
                .sorted()
                .toList();
    }
}
