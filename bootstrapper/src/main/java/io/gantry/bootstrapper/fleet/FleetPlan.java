package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.terminal.Table;
import io.gantry.bootstrapper.terminal.Terminal;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineSize;
import io.gantry.fleet.PlatformService;
import io.gantry.fleet.Provider;
import io.gantry.machines.MachineProvider;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What bringing up a fleet comes to.
 *
 * @param found the machines that are there
 * @param resized those of them, by name, that are to be larger or smaller
 */
record FleetPlan(Fleet fleet, List<io.gantry.machines.Machine> found, Set<String> resized) {
    static FleetPlan of(Fleet fleet, MachineProvider provider) {
        List<io.gantry.machines.Machine> found = provider.list();
        Set<String> resized = found.stream()
                .filter(known -> fleet.machine(known.name())
                        .filter(machine -> provider.differs(known, Machines.wanted(machine)))
                        .isPresent())
                .map(io.gantry.machines.Machine::name)
                .collect(Collectors.toSet());
        return new FleetPlan(fleet, found, resized);
    }

    void show(Terminal terminal) {
        terminal.say("Fleet %s, provider %s:".formatted(fleet.name(), lower(fleet.provider())));
        var beginning = new Beginning(fleet);
        var table = new Table("MACHINE", "", "ROLE", "SIZE");
        fleet.machines()
                .forEach(machine ->
                        table.row(machine.name(), state(machine, beginning), lower(machine.role()), size(machine)));
        found.stream()
                .filter(known -> fleet.machine(known.name()).isEmpty())
                .filter(known -> fleet.pools().stream().noneMatch(pool -> pool.owns(known.name())))
                .forEach(known -> table.row(known.name(), "to be removed", "", "once its apps have moved"));
        table.lines().forEach(line -> terminal.say("  " + line));
        showResizes(terminal);
        fleet.pools()
                .forEach(pool -> terminal.say("Pool %s: %d to %d machines more, as they are needed."
                        .formatted(pool.name(), pool.min(), pool.max())));
        if (fleet.provider() == Provider.AZURE) {
            AzureLines.show(fleet, terminal);
        }
        terminal.say("Begins with %s on %s; the lifecycle manager then starts: %s."
                .formatted(
                        names(beginning.foundations(), beginning),
                        beginning.machines().stream().map(Machine::name).collect(Collectors.joining(", ")),
                        others(beginning)));
    }

    /** Those that the lifecycle manager would be away with: from within nobody would switch them on again. */
    List<Machine> resizedFromHere() {
        return fleet.beginning().stream()
                .filter(machine -> resized.contains(machine.name()))
                .toList();
    }

    private void showResizes(Terminal terminal) {
        fleet.machines().stream()
                .filter(machine -> resized.contains(machine.name()))
                .forEach(machine -> terminal.say("%s is resized: %s"
                        .formatted(
                                machine.name(),
                                resizedFromHere().contains(machine)
                                        ? "the platform, which began there, may be away meanwhile, and the apps there with it; apps elsewhere go on."
                                        : "its apps move first; one machine after the other.")));
    }

    private static String names(Collection<PlatformService> foundations, Beginning beginning) {
        return foundations.stream().map(PlatformService::name).collect(Collectors.joining(", ")) + " and "
                + beginning.lifecycleManager().name();
    }

    private String others(Beginning beginning) {
        return fleet.services().stream()
                .filter(service ->
                        !beginning.foundations().contains(service) && !service.equals(beginning.lifecycleManager()))
                .map(service -> service.replicas() == 1 ? service.name() : service.replicas() + " " + service.name())
                .collect(Collectors.joining(", "));
    }

    /** Of machines that the lifecycle manager makes this computer knows no host key, and so not whether they are ready. */
    private String state(Machine machine, Beginning beginning) {
        if (resized.contains(machine.name())) {
            return "to be resized";
        }
        return there(machine)
                .map(known -> beginning.machines().contains(machine) ? lower(known.state()) : "there")
                .orElse(fleet.provider() == Provider.STATIC ? "to be taken in" : "to be created");
    }

    private Optional<io.gantry.machines.Machine> there(Machine machine) {
        return found.stream()
                .filter(known -> known.name().equals(machine.name()))
                .findFirst();
    }

    private String size(Machine machine) {
        MachineSize size = machine.size();
        String wanted = size == null ? "all that it has" : "%s cpus, %s".formatted(plain(size.cpus()), size.memory());
        return there(machine)
                .filter(known -> resized.contains(known.name()))
                .map(known -> "%s, now %s cpus, %s"
                        .formatted(
                                wanted, plain(known.size().cpus()), known.size().memory()))
                .orElse(wanted);
    }

    private static String plain(double cpus) {
        return cpus == Math.rint(cpus) ? Long.toString(Math.round(cpus)) : Double.toString(cpus);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
