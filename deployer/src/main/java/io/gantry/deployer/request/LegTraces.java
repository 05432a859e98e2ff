package io.gantry.deployer.request;

import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.leg.Leg;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.RollingOut;
import io.gantry.tracing.Activity;
import io.gantry.tracing.Traces;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What a leg does belongs to the trace of its request, whoever takes it forward and whenever. What the deployer does itself is
 * recorded by whoever does it; what it waits for, here.
 */
@Component
class LegTraces {
    /** States in which somebody else has to do something, by what that is called. */
    private static final Map<ServiceState, String> WAITS = Map.of(
            ServiceState.QUEUED, "queue",
            ServiceState.PLACING, "place",
            ServiceState.REGISTERING, "register");

    private final LegTable table;
    private final Traces traces;

    LegTraces(LegTable table, Traces traces) {
        this.table = table;
        this.traces = traces;
    }

    Activity within(LegId leg) {
        return traces.within(
                traces.isOn() ? table.track(leg).map(LegTable.Track::trace).orElse(null) : null);
    }

    /** @param leg as it was before it left its state */
    void leaves(Leg leg, Instant now) {
        String wait = WAITS.get(leg.stage().status().state());
        if (wait != null && traces.isOn()) {
            Optional<LegTable.Track> track = table.track(leg.id());
            track.ifPresent(known -> traces.past(wait, known.trace(), known.since(), now, attributes(leg)));
        }
    }

    private static Map<String, String> attributes(Leg leg) {
        LegId id = leg.id();
        Map<String, String> attributes = new HashMap<>(Map.of(
                "app", id.app().value(),
                "service", id.service().value(),
                "deployment", id.token().value()));
        if (leg.stage() instanceof RollingOut rollingOut
                && rollingOut.candidates().size() == 1) {
            attributes.put("instance", rollingOut.candidates().getFirst().id().value());
        }
        return attributes;
    }
}
