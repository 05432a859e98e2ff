package io.gantry.bootstrapper.access;

import io.gantry.bootstrapper.session.Session;
import io.gantry.contract.fleet.ApiKey.Role;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gantry keys create}. */
@Command(
        name = "create",
        description = "Make an API key. It is shown this once.",
        footer = {
            "%nExamples:",
            "  gantry keys create 'ci of the shop team'",
            "  gantry keys create ada --role OPERATOR --expires-in 365d"
        })
final class CreateKeyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "Whose it is to be.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "DEVELOPER",
            description = "DEVELOPER: everything about apps; OPERATOR: everything (default: DEVELOPER).")
    private Role role = Role.DEVELOPER;

    @Option(
            names = "--expires-in",
            paramLabel = "TIME",
            defaultValue = "90d",
            description = "How long it is valid: 12h, 90d (default: 90d).")
    private String expiresIn = "";

    private record Wanted(String name, Role role, String expiresIn) {}

    private record Made(String id, Instant expiresAt, String key) {}

    CreateKeyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.show(
                session.platform().post(KeysCommand.KEYS, new Wanted(name, role, expiresIn)), Made.class, this::tell);
    }

    private void tell(Made made) {
        session.terminal()
                .say("Made the key %s, valid until %s. It is shown this once; its holder sets GANTRY_TOKEN:"
                        .formatted(made.id(), made.expiresAt()));
        session.terminal().data(made.key());
    }
}
