package io.gantry.bootstrapper.healing;

import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.session.Waiting;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gantry restart machine}. */
@Command(name = "machine", description = "Switch a machine of the fleet off and on again.")
final class RestartMachineCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "MACHINE", description = "The machine.")
    private String machine = "";

    @Mixin
    private final Waiting waiting = new Waiting();

    RestartMachineCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new Restart(session, waiting).ofMachine(machine);
    }
}
