package io.gantry.bootstrapper.healing;

import io.gantry.bootstrapper.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gantry restart}: its verbs do the work. */
@Command(
        name = "restart",
        description = "Put new instances in place of those that run; these go on until the new ones serve.",
        synopsisSubcommandLabel = "app|service",
        footer = {"%nExamples:", "  gantry restart app shop", "  gantry restart service shop/app-server"})
public final class RestartCommand {
    private RestartCommand() {}

    public static CommandLine of(Session session) {
        return new CommandLine(new RestartCommand())
                .addSubcommand(new RestartAppCommand(session))
                .addSubcommand(new RestartServiceCommand(session));
    }
}
