package io.gantry.bootstrapper.healing;

import static io.gantry.bootstrapper.platform.PlatformService.LIFECYCLE_MANAGER;

import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.session.Waiting;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Asks for a restart, and says how to see what becomes of it or, where that is wanted, what has become of it. */
record Restart(Session session, Waiting waiting) {
    private record Accepted(String token) {}

    int of(String what, String... segments) {
        return ask(what, "gantry ps " + what.replaceAll("/.*", ""), segments);
    }

    int ofMachine(String machine) {
        return ask(machine, "gantry status", "machines", machine, "restart");
    }

    /** Of a service of the platform. */
    int ofPlatform(String service) {
        return ask(service, "gantry services", "services", service, "restart");
    }

    private int ask(String what, String watch, String... segments) {
        JsonNode accepted = session.platform().post(Route.to(LIFECYCLE_MANAGER, segments), Map.of());
        String token = session.read(accepted, Accepted.class).token();
        if (waiting.wanted()) {
            return new Operation(session, token, watch).untilItEnds(waiting);
        }
        return session.show(
                accepted,
                Accepted.class,
                _ -> session.terminal()
                        .say("%s is being restarted, operation %s. Watch it with: %s".formatted(what, token, watch)));
    }
}
