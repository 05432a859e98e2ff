package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gantry services}. */
@Command(name = "services", description = "List the services of the platform: where each runs, and how it is.")
public final class ServicesCommand implements Callable<Integer> {
    private final Session session;

    public ServicesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new FleetTables(session).listServices();
    }
}
