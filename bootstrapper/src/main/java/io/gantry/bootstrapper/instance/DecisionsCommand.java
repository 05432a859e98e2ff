package io.gantry.bootstrapper.instance;

import static io.gantry.bootstrapper.platform.PlatformService.LOAD_BALANCER;

import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gantry decisions}. */
@Command(name = "decisions", description = "Say why instances are where they are, and as many as they are.")
public final class DecisionsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", arity = "0..1", paramLabel = "APP", description = "About this app only.")
    private @Nullable String app;

    @Parameters(index = "1", arity = "0..1", paramLabel = "SERVICE", description = "About this service only.")
    private @Nullable String service;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many (default: 20).")
    private int limit;

    private record Decision(
            Instant at,
            String kind,
            String app,
            String service,
            @Nullable String instance,
            String outcome,
            String reason) {}

    public DecisionsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Route route = Route.to(LOAD_BALANCER, "decisions")
                .with("app", app)
                .with("service", service)
                .with("limit", limit);
        return session.show(session.platform().get(route), Decision[].class, this::tell);
    }

    private void tell(Decision[] decisions) {
        if (decisions.length == 0) {
            session.terminal().say("Nothing was decided.");
            return;
        }
        var table = new Table("WHEN", "APP", "SERVICE", "DECIDED", "BECAUSE");
        for (Decision decision : decisions) {
            table.row(
                    session.age(decision.at()) + " ago",
                    decision.app(),
                    decision.service(),
                    decision.outcome(),
                    decision.reason());
        }
        table.lines().forEach(session.terminal()::data);
    }
}
