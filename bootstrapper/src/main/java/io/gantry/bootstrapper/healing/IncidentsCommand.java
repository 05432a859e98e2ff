package io.gantry.bootstrapper.healing;

import static io.gantry.bootstrapper.platform.PlatformService.MONITORING;

import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gantry incidents}. */
@Command(name = "incidents", description = "List what went down, and what was done about it, the newest first.")
public final class IncidentsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "APP", description = "Of this app only.")
    private @Nullable String app;

    private record Listed(List<Incident> incidents) {}

    /** @param machine that went down itself, or that a service of the platform runs on */
    private record Incident(
            String id,
            @Nullable String app,
            @Nullable String service,
            @Nullable String machine,
            String state,
            Instant openedAt,
            int falls,
            int attempts,
            List<Happening> history) {
        @Nullable
        String last() {
            return history.isEmpty() ? null : history.getLast().what();
        }
    }

    private record Happening(Instant at, String what) {}

    public IncidentsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Route route = Route.to(MONITORING, "incidents").with("app", app);
        return session.show(session.platform().get(route), Listed.class, listed -> tell(listed.incidents()));
    }

    private void tell(List<Incident> incidents) {
        if (incidents.isEmpty()) {
            session.terminal().say("Nothing went down.");
            return;
        }
        var table = new Table("WHEN", "APP", "SERVICE", "MACHINE", "STATE", "FALLS", "TRIES", "LAST", "INCIDENT");
        for (Incident incident : incidents) {
            table.row(
                    session.age(incident.openedAt()) + " ago",
                    incident.app(),
                    incident.service(),
                    incident.machine(),
                    incident.state(),
                    incident.falls(),
                    incident.attempts(),
                    incident.last(),
                    incident.id());
        }
        table.lines().forEach(session.terminal()::data);
    }
}
