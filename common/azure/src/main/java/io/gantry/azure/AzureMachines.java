package io.gantry.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import io.gantry.azure.AzureSettings.Vm;
import io.gantry.azure.Operations.Waits;
import io.gantry.fleet.Fleet;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.HostKeyPins;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineProvider;
import io.gantry.machines.MachineState;
import io.gantry.machines.WantedMachine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Machines that are virtual machines of Azure. All that is made carries the fleet's tags; what does not is not touched. */
public final class AzureMachines implements MachineProvider {
    private final AzureSettings settings;
    private final FleetKeys keys;
    private final HostKeyPins pins;
    private final Reached reached;
    private final MachineOperations ofMachines;
    private final Sight sight;
    private final Making making;
    private final Switching switching;
    private final Tags tags;
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
        this.keys = keys;
        this.pins = pins;
        this.reached = reached;
        this.tags = new Tags(settings);
        var operations = new Operations(settings, clock, waits);
        this.ofMachines = new MachineOperations(azure, operations, ongoing, clock, waits);
        var blueprint = new Blueprint(settings, keys.publicKey());
        this.sight = new Sight(settings, azure, operations, pins, reached);
        this.making = new Making(settings, azure, operations, ofMachines, blueprint);
        this.switching = new Switching(settings, azure, ofMachines);
        var roles = new Roles(azure, operations);
        this.ground = new Ground(settings, azure, blueprint, operations, roles);
        var footing = new Footing(settings, azure, operations, roles);
        var leave = new Leave(azure, operations);
        this.rights = new Rights(azure, operations, roles, footing, leave);
        this.errands = new Errands(settings, footing, leave);
        this.removal = new Removal(settings, azure, operations);
        this.obstacles = new Obstacles(settings, azure, operations, removal);
        this.shownKey = new ShownKey(settings, azure, operations, clock, waits);
        this.resizing = new Resizing(settings, azure, ofMachines, blueprint, sight, switching);
    }

    @Override
    public Path privateKey(String name) {
        return keys.privateKey();
    }

    @Override
    public List<Machine> list() {
        return sight.all();
    }

    @Override
    public Optional<Machine> find(String name) {
        return sight.find(name);
    }

    @Override
    public Machine create(WantedMachine wanted) {
        String name = wanted.name();
        Vm vm = settings.vm(wanted);
        ofMachines.awaitFormer(name);
        Optional<VirtualMachineInner> there = sight.refuseOthers(name);
        boolean made = there.filter(Power::isMade).isPresent();
        prepareFor(vm, made);
        if (made) {
            openLater(wanted, vm);
        } else {
            if (there.isEmpty()) {
                pins.forget(name);
            }
            making.machine(wanted, vm);
        }
        start(name);
        if (pins.of(name).isEmpty()) {
            pins.pin(name, sight.target(name, shownKey.of(name)));
        }
        return sight.there(name);
    }

    private void prepareFor(Vm vm, boolean made) {
        // Who may come in can change, and whoever is on a machine of the fleet may not change it.
        if (!made || reached == Reached.FROM_OUTSIDE) {
            ground.ensure(vm);
        }
        // Nobody in the fleet gives the fleet a right.
        if (reached == Reached.FROM_OUTSIDE && vm.runsPlatform()) {
            rights.give();
        }
    }

    /** One that was made when it was not yet to be reached from outside. */
    private void openLater(WantedMachine wanted, Vm vm) {
        if (reached == Reached.FROM_OUTSIDE && vm.reachedFromOutside() && !sight.hasPublicAddress(wanted.name())) {
            making.connection(wanted, vm);
        }
    }

    @Override
    public Machine start(String name) {
        return changing(name, state -> {
            if (state != MachineState.RUNNING) {
                switching.on(name);
            }
        });
    }

    @Override
    public Machine stop(String name) {
        return changing(name, state -> {
            if (state != MachineState.STOPPED) {
                switching.off(name);
            }
        });
    }

    @Override
    public Machine restart(String name) {
        return changing(name, state -> switching.again(name, state));
    }

    private Machine changing(String name, Consumer<MachineState> change) {
        ofMachines.awaitFormer(name);
        change.accept(Power.of(sight.ours(name)));
        return sight.there(name);
    }

    @Override
    public boolean differs(Machine there, WantedMachine wanted) {
        return !settings.vm(wanted).size().equalsIgnoreCase(there.sizeName());
    }

    @Override
    public Machine resize(WantedMachine wanted) {
        ofMachines.awaitFormer(wanted.name());
        VirtualMachineInner vm = sight.ours(wanted.name());
        if (!settings.vm(wanted).size().equalsIgnoreCase(Resizing.sizeName(vm))) {
            resizing.to(vm, wanted);
        }
        return start(wanted.name());
    }

    @Override
    public void delete(String name) {
        ofMachines.awaitFormer(name);
        sight.refuseOthers(name);
        removal.machine(name);
        pins.forget(name);
    }

    @Override
    public void deleteAll() {
        list().forEach(machine -> pins.forget(machine.name()));
        rights.takeBack();
        removal.everything(
                ground.findGroup().filter(group -> tags.areOurs(group.tags())).isPresent());
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
