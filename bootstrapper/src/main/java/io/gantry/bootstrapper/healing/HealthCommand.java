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

/** {@code gantry health}. */
@Command(name = "health", description = "Say how everything is that monitoring judges.")
public final class HealthCommand implements Callable<Integer> {
    private final Session session;

    /** @param meltdownSince since when nothing is healed; none: everything is */
    private record Report(@Nullable Instant meltdownSince, List<Judged> instances) {}

    /** @param incident the open one */
    private record Judged(
            String instance,
            String app,
            String service,
            String node,
            String state,
            Instant since,
            @Nullable String detail,
            @Nullable String incident) {
        String condition() {
            return detail == null ? state : state + " (" + detail + ")";
        }
    }

    public HealthCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.show(session.platform().get(Route.to(MONITORING, "health")), Report.class, this::tell);
    }

    private void tell(Report report) {
        if (report.meltdownSince() != null) {
            session.terminal()
                    .say("Meltdown since %s: nothing is healed. To go on: POST /api/v1/meltdown/over to monitoring."
                            .formatted(report.meltdownSince()));
        }
        if (report.instances().isEmpty()) {
            session.terminal().say("Nothing runs.");
            return;
        }
        var table = new Table("APP", "SERVICE", "STATE", "SINCE", "NODE", "INCIDENT", "INSTANCE");
        for (Judged judged : report.instances()) {
            table.row(
                    judged.app(),
                    judged.service(),
                    judged.condition(),
                    session.age(judged.since()),
                    judged.node(),
                    judged.incident(),
                    judged.instance());
        }
        table.lines().forEach(session.terminal()::data);
    }
}
