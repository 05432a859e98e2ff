package io.gantry.bootstrapper.healing;

import io.gantry.bootstrapper.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gantry restart}: its verbs do the work. */
@Command(
        name = "restart",
        description = "Restart an app, a service or a machine. What an app runs goes on until the new instances serve.",
        synopsisSubcommandLabel = "app|service|machine",
        footer = {
            "%nExamples:",
            "  gantry restart app shop",
            "  gantry restart service shop/app-server --wait",
            "  gantry restart machine vm-2"
        })
public final class RestartCommand {
    private RestartCommand() {}

    public static CommandLine of(Session session) {
        return new CommandLine(new RestartCommand())
                .addSubcommand(new RestartAppCommand(session))
                .addSubcommand(new RestartServiceCommand(session))
                .addSubcommand(new RestartMachineCommand(session));
    }
}
