package io.gantry.bootstrapper.healing;

import static io.gantry.bootstrapper.platform.PlatformService.MONITORING;

import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code gantry health}. */
@Command(name = "health", description = "Say how everything is that monitoring judges.")
public final class HealthCommand implements Callable<Integer> {
    private final Session session;

    /**
     * @param meltdownSince since when nothing is healed; none: everything is
     * @param machines of the fleet; none where there is no fleet
     * @param services of the platform; likewise
     */
    private record Report(
            @Nullable Instant meltdownSince,
            @Nullable List<Machine> machines,
            @Nullable List<Service> services,
            List<Instance> instances) {}

    /** @param incident the open one */
    private record Machine(
            String machine,
            String address,
            String state,
            Instant since,
            @Nullable String detail,
            @Nullable String incident) {}

    /** @param incident the open one */
    private record Service(
            String service,
            String machine,
            String address,
            int port,
            String state,
            Instant since,
            @Nullable String detail,
            @Nullable String incident) {}

    /** @param incident the open one */
    private record Instance(
            String instance,
            String app,
            String service,
            String node,
            String state,
            Instant since,
            @Nullable String detail,
            @Nullable String incident) {}

    public HealthCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.show(session.platform().get(Route.to(MONITORING, "health")), Report.class, this::tell);
    }

    private void tell(Report report) {
        if (report.meltdownSince() != null) {
            session.terminal()
                    .say("Meltdown since %s: nothing is healed. To go on: POST /api/v1/meltdown/over to monitoring."
                            .formatted(report.meltdownSince()));
        }
        tellMachines(Objects.requireNonNullElse(report.machines(), List.of()));
        tellServices(Objects.requireNonNullElse(report.services(), List.of()));
        tellInstances(report.instances());
    }

    private void tellMachines(List<Machine> machines) {
        var table = new Table("MACHINE", "STATE", "SINCE", "ADDRESS", "INCIDENT");
        for (Machine machine : machines) {
            table.row(
                    machine.machine(),
                    condition(machine.state(), machine.detail()),
                    session.age(machine.since()),
                    machine.address(),
                    machine.incident());
        }
        showBeforeOthers(table, !machines.isEmpty());
    }

    private void tellServices(List<Service> services) {
        var table = new Table("PLATFORM SERVICE", "STATE", "SINCE", "MACHINE", "ADDRESS", "INCIDENT");
        for (Service service : services) {
            table.row(
                    service.service(),
                    condition(service.state(), service.detail()),
                    session.age(service.since()),
                    service.machine(),
                    service.address() + ":" + service.port(),
                    service.incident());
        }
        showBeforeOthers(table, !services.isEmpty());
    }

    private void showBeforeOthers(Table table, boolean any) {
        if (any) {
            table.lines().forEach(session.terminal()::data);
            session.terminal().data("");
        }
    }

    private void tellInstances(List<Instance> instances) {
        if (instances.isEmpty()) {
            session.terminal().say("No app runs.");
            return;
        }
        var table = new Table("APP", "SERVICE", "STATE", "SINCE", "NODE", "INCIDENT", "INSTANCE");
        for (Instance instance : instances) {
            table.row(
                    instance.app(),
                    instance.service(),
                    condition(instance.state(), instance.detail()),
                    session.age(instance.since()),
                    instance.node(),
                    instance.incident(),
                    instance.instance());
        }
        table.lines().forEach(session.terminal()::data);
    }

    private static String condition(String state, @Nullable String detail) {
        return detail == null ? state : state + " (" + detail + ")";
    }
}
