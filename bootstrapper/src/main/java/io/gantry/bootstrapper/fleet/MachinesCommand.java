package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gantry machines}. */
@Command(name = "machines", description = "List the machines of the fleet.")
public final class MachinesCommand implements Callable<Integer> {
    private final Session session;

    public MachinesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var tables = new FleetTables(session);
        if (session.json()) {
            session.terminal()
                    .data(session.tree(Map.of("machines", tables.machinesAsJson()))
                            .toPrettyString());
        } else {
            tables.showMachines();
        }
        return ExitCode.OK.number();
    }
}
