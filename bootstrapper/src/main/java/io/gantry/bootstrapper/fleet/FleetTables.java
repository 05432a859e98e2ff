package io.gantry.bootstrapper.fleet;

import static io.gantry.bootstrapper.platform.PlatformService.LIFECYCLE_MANAGER;

import io.gantry.bootstrapper.platform.Addresses;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The machines of a fleet and the platform's services on them, as the lifecycle manager tells of them. */
final class FleetTables {
    private static final Route MACHINES = Route.to(LIFECYCLE_MANAGER, "machines");
    private static final Route SERVICES = Route.to(LIFECYCLE_MANAGER, "services");

    private final Session session;

    FleetTables(Session session) {
        this.session = session;
    }

    private record Machine(
            String name,
            @Nullable String role,
            Map<String, String> labels,
            @Nullable String state,
            @Nullable String address,
            boolean cordoned,
            @Nullable String problem) {}

    private record Machines(List<Machine> machines) {}

    private record Service(
            String name,
            @Nullable String machine,
            @Nullable String address,
            int port,
            String state,
            @Nullable Instant since,
            @Nullable String problem) {}

    private record Services(List<Service> services) {}

    /** Ends a verb that lists the machines. */
    int listMachines() {
        return list("machines", this::machinesAsJson, this::showMachinesIfAny);
    }

    /** Ends a verb that lists the platform's services. */
    int listServices() {
        return list("services", this::servicesAsJson, this::showServices);
    }

    private int list(String name, Supplier<JsonNode> json, Runnable table) {
        if (session.json()) {
            session.terminal().data(session.tree(Map.of(name, json.get())).toPrettyString());
        } else {
            table.run();
        }
        return ExitCode.OK.number();
    }

    JsonNode machinesAsJson() {
        return session.platform().get(MACHINES).path("machines");
    }

    JsonNode servicesAsJson() {
        return session.platform().get(SERVICES).path("services");
    }

    /** Of the lifecycle managers, {@code http://10.224.7.10:7070}: each of them can be asked. */
    List<String> lifecycleManagers() {
        return services().stream()
                .filter(service -> service.name().equals(LIFECYCLE_MANAGER.toString()))
                .flatMap(service -> Stream.ofNullable(service.address())
                        .map(address -> Addresses.at(address, service.port()).toString()))
                .toList();
    }

    private List<Service> services() {
        return session.read(session.platform().get(SERVICES), Services.class).services();
    }

    /** Not so where the platform runs on one Docker host, of which it knows nothing but the engine. */
    boolean hasMachines() {
        return !machines().isEmpty();
    }

    private List<Machine> machines() {
        return session.read(session.platform().get(MACHINES), Machines.class).machines();
    }

    private void showMachinesIfAny() {
        if (hasMachines()) {
            showMachines();
        } else {
            session.terminal().say("This is no fleet of machines. What instances run on: gantry nodes");
        }
    }

    void showMachines() {
        var table = new Table("MACHINE", "STATE", "ROLE", "ADDRESS", "LABELS", "PROBLEM");
        for (Machine machine : machines()) {
            table.row(
                    machine.name(),
                    machine.cordoned() ? machine.state() + ", cordoned" : machine.state(),
                    machine.role(),
                    machine.address(),
                    labels(machine),
                    machine.problem());
        }
        table.lines().forEach(session.terminal()::data);
    }

    private static String labels(Machine machine) {
        return String.join(
                ",",
                machine.labels().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .toList());
    }

    void showServices() {
        var table = new Table("SERVICE", "MACHINE", "STATE", "SINCE", "ADDRESS", "PROBLEM");
        for (Service service : services()) {
            table.row(
                    service.name(),
                    service.machine(),
                    service.state(),
                    session.age(service.since()),
                    service.address() == null ? null : service.address() + ":" + service.port(),
                    service.problem());
        }
        table.lines().forEach(session.terminal()::data);
    }
}
