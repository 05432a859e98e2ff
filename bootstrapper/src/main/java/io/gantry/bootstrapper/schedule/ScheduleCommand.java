package io.gantry.bootstrapper.schedule;

import io.gantry.bootstrapper.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gantry schedule}. */
@Command(
        name = "schedule",
        description = "Add, list and remove deployments that are asked for when their time comes.",
        synopsisSubcommandLabel = "add|list|rm")
public final class ScheduleCommand {
    private ScheduleCommand() {}

    public static CommandLine of(Session session) {
        return new CommandLine(new ScheduleCommand())
                .addSubcommand(new AddCommand(session))
                .addSubcommand(new ListCommand(session))
                .addSubcommand(new RemoveCommand(session));
    }
}
