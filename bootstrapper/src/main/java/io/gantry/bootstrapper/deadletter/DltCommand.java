package io.gantry.bootstrapper.deadletter;

import io.gantry.bootstrapper.platform.PlatformService;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gantry dlt}. */
@Command(
        name = "dlt",
        description = {
            "List, show and replay dead letters, which no service could read or handle; for operators.",
            "Replayed, a message goes once more to the topic that it came from; who has applied it passes it over."
        },
        synopsisSubcommandLabel = "list|show|replay",
        footer = {
            "%nExamples:",
            "  gantry dlt list",
            "  gantry dlt show deployer.commands-0-17",
            "  gantry dlt replay deployer.commands-0-17",
            "  gantry dlt replay --topic deployer.commands --yes"
        })
public final class DltCommand {
    static final Route LETTERS = Route.to(PlatformService.MONITORING, "dead-letters");

    private DltCommand() {}

    public static CommandLine of(Session session) {
        return new CommandLine(new DltCommand())
                .addSubcommand(new ListLettersCommand(session))
                .addSubcommand(new ShowLetterCommand(session))
                .addSubcommand(new ReplayCommand(session));
    }
}
