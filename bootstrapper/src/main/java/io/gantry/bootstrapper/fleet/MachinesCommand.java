package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.Session;
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
        return new FleetTables(session).listMachines();
    }
}
