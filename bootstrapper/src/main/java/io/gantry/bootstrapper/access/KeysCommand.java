package io.gantry.bootstrapper.access;

import io.gantry.bootstrapper.platform.PlatformService;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gantry keys}. */
@Command(
        name = "keys",
        description = "Make, list and revoke API keys of a fleet; for operators.",
        synopsisSubcommandLabel = "list|create|revoke")
public final class KeysCommand {
    static final Route KEYS = Route.to(PlatformService.LIFECYCLE_MANAGER, "keys");

    private KeysCommand() {}

    public static CommandLine of(Session session) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new ListKeysCommand(session))
                .addSubcommand(new CreateKeyCommand(session))
                .addSubcommand(new RevokeKeyCommand(session));
    }
}
