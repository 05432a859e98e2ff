package io.gantry.bootstrapper.fleet;

import static io.gantry.bootstrapper.platform.PlatformService.LIFECYCLE_MANAGER;

import io.gantry.bootstrapper.platform.RefusedException;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The pools of a fleet, and why their machines came and went last. */
final class CapacityTable {
    private static final Route ROUTE = Route.to(LIFECYCLE_MANAGER, "capacity");
    private static final int DECISIONS = 3;

    private final Session session;

    CapacityTable(Session session) {
        this.session = session;
    }

    private record Pool(String name, int min, int max, List<String> machines) {}

    private record Decision(Instant at, String kind, String machine, String reason) {}

    private record Capacity(String standing, List<Pool> pools, List<Decision> decisions) {}

    /** A lifecycle manager that is older than this computer's Gantry knows no pools. */
    JsonNode json() {
        try {
            return session.platform().get(ROUTE);
        } catch (RefusedException older) {
            return session.tree(new Capacity("", List.of(), List.of()));
        }
    }

    /** Nothing where there are no pools. */
    void show() {
        Capacity capacity = session.read(json(), Capacity.class);
        if (capacity.pools().isEmpty()) {
            return;
        }
        var pools = new Table("POOL", "MIN", "MAX", "MACHINES", "STANDING");
        for (Pool pool : capacity.pools()) {
            boolean first = pool.equals(capacity.pools().getFirst());
            pools.row(
                    pool.name(),
                    pool.min(),
                    pool.max(),
                    String.join(", ", pool.machines()),
                    first ? capacity.standing() : "");
        }
        pools.lines().forEach(session.terminal()::data);
        session.terminal().data("");
        if (!capacity.decisions().isEmpty()) {
            show(capacity.decisions());
        }
    }

    private void show(List<Decision> decisions) {
        var table = new Table("AGE", "DECISION", "MACHINE", "WHY");
        decisions.stream()
                .limit(DECISIONS)
                .forEach(decision -> table.row(
                        session.age(decision.at()),
                        decision.kind().toLowerCase(Locale.ROOT),
                        decision.machine(),
                        decision.reason()));
        table.lines().forEach(session.terminal()::data);
        session.terminal().data("");
    }
}
