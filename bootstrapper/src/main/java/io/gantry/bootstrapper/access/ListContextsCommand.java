package io.gantry.bootstrapper.access;

import io.gantry.bootstrapper.session.Contexts;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code gantry context list}. */
@Command(name = "list", description = "List the fleets that you know, and which of them is meant.")
final class ListContextsCommand implements Callable<Integer> {
    private final Session session;

    private record Listed(String name, boolean current, List<URI> servers) {}

    ListContextsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Contexts contexts = session.contexts();
        String current = contexts.currentName().orElse("");
        List<Listed> listed = contexts.names().stream()
                .map(name -> new Listed(
                        name, name.equals(current), contexts.named(name).servers()))
                .toList();
        if (session.json()) {
            session.terminal().data(session.tree(listed).toPrettyString());
        } else {
            tell(listed);
        }
        return ExitCode.OK.number();
    }

    private void tell(List<Listed> listed) {
        if (listed.isEmpty()) {
            session.terminal().say("You know no fleet: the platform on this machine is meant.");
            return;
        }
        var table = new Table("CONTEXT", "CURRENT", "SERVERS");
        listed.forEach(one -> table.row(
                one.name(),
                one.current() ? "yes" : null,
                one.servers().stream().map(URI::toString).collect(Collectors.joining(" "))));
        table.lines().forEach(session.terminal()::data);
    }
}
