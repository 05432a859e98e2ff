package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.platform.UnreachableException;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import io.gantry.bootstrapper.terminal.Terminal;
import io.gantry.fleet.Fleet;
import io.gantry.machines.Machine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gantry status}. */
@Command(name = "status", description = "Show the platform: its machines, its services, what it waits for.")
public final class StatusCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final FleetOptions options = new FleetOptions();

    public StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        boolean reachable = session.isAddressed() || session.goTo(options.name(session));
        if (!reachable && options.nameOne(session)) {
            return tellWhatIsThere();
        }
        var tables = new FleetTables(session);
        var reconciliation = new Reconciliation(session);
        try {
            if (session.json()) {
                showJson(tables, reconciliation);
            } else {
                show(tables, reconciliation);
            }
            return ExitCode.OK.number();
        } catch (UnreachableException silent) {
            if (session.isAddressed()) {
                throw silent;
            }
            return tellWhatIsThere();
        }
    }

    private void showJson(FleetTables tables, Reconciliation reconciliation) {
        session.terminal()
                .data(session.tree(Map.of(
                                "machines",
                                tables.machinesAsJson(),
                                "services",
                                tables.servicesAsJson(),
                                "capacity",
                                new CapacityTable(session).json(),
                                "reconciliation",
                                reconciliation.json()))
                        .toPrettyString());
    }

    private void show(FleetTables tables, Reconciliation reconciliation) {
        Terminal terminal = session.terminal();
        if (tables.hasMachines()) {
            tables.showMachines();
            terminal.data("");
            new CapacityTable(session).show();
        }
        tables.showServices();
        terminal.say("");
        List<String> lines = reconciliation.lines();
        if (lines.isEmpty()) {
            terminal.say(terminal.good("All is as it is to be."));
        } else {
            lines.forEach(terminal::say);
        }
    }

    /** Without a lifecycle manager there are still machines to ask the provider for. */
    private int tellWhatIsThere() throws IOException {
        Fleet fleet = options.existing(session);
        List<Machine> machines;
        try (var laptop = new Laptop(fleet, options.folderOf(fleet), session)) {
            machines = laptop.provider().list();
        }
        if (machines.isEmpty()) {
            throw new GaveUpException(
                    ExitCode.NOT_FOUND, "There is no fleet " + fleet.name(), "Bring it up with: gantry up");
        }
        var table = new Table("MACHINE", "STATE", "ADDRESS");
        machines.forEach(machine -> table.row(machine.name(), machine.state(), machine.address()));
        table.lines().forEach(session.terminal()::data);
        throw new GaveUpException(
                ExitCode.UNREACHABLE, "No lifecycle manager answers", "Bring it back with: gantry recover");
    }
}
