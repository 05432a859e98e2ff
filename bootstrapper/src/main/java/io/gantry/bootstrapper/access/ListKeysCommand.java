package io.gantry.bootstrapper.access;

import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gantry keys list}. */
@Command(name = "list", description = "List the API keys: whose each is, what it lets do, and until when.")
final class ListKeysCommand implements Callable<Integer> {
    private final Session session;

    private record Key(String id, String name, String role, Instant createdAt, Instant expiresAt, String state) {}

    private record Listed(List<Key> keys) {}

    ListKeysCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.show(session.platform().get(KeysCommand.KEYS), Listed.class, listed -> tell(listed.keys()));
    }

    private void tell(List<Key> keys) {
        if (keys.isEmpty()) {
            session.terminal().say("There is no API key. Make one with: gantry keys create NAME");
            return;
        }
        var table = new Table("KEY", "NAME", "ROLE", "STATE", "AGE", "EXPIRES");
        keys.forEach(key -> table.row(
                key.id(), key.name(), key.role(), key.state(), session.age(key.createdAt()), key.expiresAt()));
        table.lines().forEach(session.terminal()::data);
    }
}
