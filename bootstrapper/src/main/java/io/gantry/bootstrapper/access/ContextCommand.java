package io.gantry.bootstrapper.access;

import io.gantry.bootstrapper.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gantry context}. */
@Command(
        name = "context",
        description = "Choose the fleet that is meant where nothing else is said.",
        synopsisSubcommandLabel = "list|use")
public final class ContextCommand {
    private ContextCommand() {}

    public static CommandLine of(Session session) {
        return new CommandLine(new ContextCommand())
                .addSubcommand(new ListContextsCommand(session))
                .addSubcommand(new UseContextCommand(session));
    }
}
