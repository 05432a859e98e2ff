package io.gantry.fleet.file;

import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineSelector;
import io.gantry.fleet.PlatformService;
import io.gantry.fleet.file.WrittenFleet.WrittenService;
import io.gantry.schema.Spelling;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether the platform services fit onto the machines, and to each other. */
final class ServiceRules {
    private static final Memory LEAST_MEMORY = Memory.mebibytes(64);
    private static final int FIRST_PORT_OF_APPS = 20_000;
    private static final int LAST_PORT_OF_APPS = 29_999;

    private final WrittenFleet written;
    private final Fleet fleet;
    private final Problems problems;

    private ServiceRules(WrittenFleet written, Problems problems) {
        this.written = written;
        this.fleet = written.complete();
        this.problems = problems;
    }

    static void check(WrittenFleet written, Problems problems) {
        new ServiceRules(written, problems).check();
    }

    private void check() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < written.services().size(); i++) {
            WrittenService service = written.services().get(i);
            String name = service.name();
            String pointer = "/services/" + i;
            if (name == null) {
                continue;
            }
            if (!names.add(name)) {
                problems.add(pointer + "/name", "There is a second %s above: write all about it there".formatted(name));
            } else {
                fleet.service(name)
                        .ifPresentOrElse(
                                complete -> check(pointer, complete),
                                () -> problems.add(pointer + "/name", notRun(name)));
                needs(pointer + "/needs", service.needs());
            }
        }
        fleet.startOrder().circles().forEach(this::circle);
    }

    private static String notRun(String name) {
        return "This fleet runs no %s of its own, because it uses one elsewhere: leave the service out".formatted(name);
    }

    private void check(String pointer, PlatformService service) {
        if (!problems.tells("/machines")) {
            place(pointer + "/on", service);
            replicas(pointer + "/replicas", service);
        }
        port(pointer + "/port", service);
        if (service.memory().bytes() < LEAST_MEMORY.bytes()) {
            problems.add(pointer + "/memory", "That is too little memory for a service: at least " + LEAST_MEMORY);
        }
    }

    private void place(String pointer, PlatformService service) {
        switch (service.on()) {
            case MachineSelector.Named(String machine) -> place(pointer, machine);
            case MachineSelector.Labelled _ -> {
                if (fleet.machinesFor(service).isEmpty()) {
                    problems.add(
                            pointer,
                            "No machine that runs platform services carries these labels: write them to one, under labels:");
                }
            }
        }
    }

    private void place(String pointer, String machine) {
        List<String> names = fleet.machines().stream().map(Machine::name).toList();
        if (!names.contains(machine)) {
            problems.add(pointer, "There is no machine named \"%s\"%s".formatted(machine, instead(machine, names)));
        } else if (fleet.machine(machine).stream()
                .noneMatch(there -> there.role().runsPlatform())) {
            problems.add(
                    pointer,
                    "\"%s\" is a worker and runs no platform services: give it the role both, or name another machine"
                            .formatted(machine));
        }
    }

    private void replicas(String pointer, PlatformService service) {
        int places = fleet.machinesFor(service).size();
        if (service.replicas() > 1 && keepsData(service)) {
            problems.add(pointer, "%s keeps its data on one machine: there can be one of it".formatted(service.name()));
        } else if (places > 0 && service.replicas() > places) {
            problems.add(
                    pointer,
                    "%d replicas of %s want %d machines, because each listens on port %d of its own; there is room for %d"
                            .formatted(service.replicas(), service.name(), service.replicas(), service.port(), places));
        }
    }

    private static boolean keepsData(PlatformService service) {
        return StandardService.ALL.stream()
                .anyMatch(standard -> standard.name().equals(service.name()) && standard.keepsData());
    }

    private void port(String pointer, PlatformService service) {
        if (service.port() >= FIRST_PORT_OF_APPS && service.port() <= LAST_PORT_OF_APPS) {
            problems.add(
                    pointer,
                    "Instances of apps get the ports %d to %d: take another"
                            .formatted(FIRST_PORT_OF_APPS, LAST_PORT_OF_APPS));
        }
        fleet.services().stream()
                .filter(other -> !other.equals(service) && other.port() == service.port())
                .filter(other -> meet(service, other))
                .findFirst()
                .ifPresent(other -> problems.add(
                        pointer,
                        "%s listens on port %d, too, and may run on the same machine: take another"
                                .formatted(other.name(), other.port())));
    }

    private boolean meet(PlatformService one, PlatformService other) {
        return fleet.machinesFor(one).stream().anyMatch(fleet.machinesFor(other)::contains);
    }

    private void needs(String pointer, List<String> needs) {
        Set<String> names = fleet.services().stream().map(PlatformService::name).collect(Collectors.toSet());
        for (int i = 0; i < needs.size(); i++) {
            if (!names.contains(needs.get(i))) {
                problems.add(
                        pointer + "/" + i,
                        "There is no service \"%s\" in this fleet%s"
                                .formatted(needs.get(i), instead(needs.get(i), names)));
            }
        }
    }

    private static String instead(String typed, Collection<String> names) {
        return Spelling.closest(typed, names)
                .map("; did you mean \"%s\"?"::formatted)
                .orElse(": there are " + names.stream().distinct().sorted().collect(Collectors.joining(", ")));
    }

    /** Told where the first of them has needs of its own: what services need anyway is no circle. */
    private void circle(List<String> circle) {
        IntStream.range(0, written.services().size())
                .filter(i -> circle.contains(written.services().get(i).name())
                        && written.services().get(i).needs().stream().anyMatch(circle::contains))
                .findFirst()
                .ifPresent(i -> problems.add(
                        "/services/" + i + "/needs",
                        "%s needs %s: none of them can be the first. Take one of these needs away"
                                .formatted(String.join(" needs ", circle), circle.getFirst())));
    }
}
