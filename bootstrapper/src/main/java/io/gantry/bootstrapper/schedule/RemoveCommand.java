package io.gantry.bootstrapper.schedule;

import io.gantry.bootstrapper.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gantry schedule rm}. */
@Command(name = "rm", description = "Remove a schedule; what it has brought up goes on running.")
final class RemoveCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "APP", description = "The app.")
    private String app = "";

    @Parameters(index = "1", paramLabel = "SCHEDULE", description = "The schedule, as gantry schedule list names it.")
    private String id = "";

    private record Removed(String id) {}

    RemoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.platform().delete(Schedule.of(app).below(id));
        return session.show(
                session.tree(new Removed(id)),
                Removed.class,
                removed -> session.terminal().say("Removed schedule " + removed.id()));
    }
}
