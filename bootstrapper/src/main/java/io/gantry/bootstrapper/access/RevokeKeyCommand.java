package io.gantry.bootstrapper.access;

import io.gantry.bootstrapper.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gantry keys revoke}. */
@Command(name = "revoke", description = "Revoke an API key: it lets nobody in any more.")
final class RevokeKeyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "KEY", description = "The key's id, as gantry keys list names it.")
    private String id = "";

    private record Revoked(String id) {}

    RevokeKeyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.platform().delete(KeysCommand.KEYS.below(id));
        return session.show(
                session.tree(new Revoked(id)),
                Revoked.class,
                revoked -> session.terminal().say("Revoked key " + revoked.id()));
    }
}
