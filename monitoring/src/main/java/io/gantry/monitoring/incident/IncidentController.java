package io.gantry.monitoring.incident;

import io.gantry.contract.AppName;
import io.gantry.contract.IncidentId;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells what went down, and what was done about it. */
@RestController
class IncidentController {
    private static final int MOST = 200;

    private final Incidents incidents;

    IncidentController(Incidents incidents) {
        this.incidents = incidents;
    }

    /** The newest first. */
    @GetMapping("/api/v1/incidents")
    Listed incidents(
            @RequestParam(required = false) @Nullable IncidentState state,
            @RequestParam(required = false) @Nullable AppName app) {
        return new Listed(
                incidents.matching(state, app, MOST).stream().map(Shown::of).toList());
    }

    record Listed(List<Shown> incidents) {}

    /**
     * @param falls how often it went down
     * @param attempts how often it was tried to bring it back
     */
    record Shown(
            IncidentId id,
            AppName app,
            ServiceName service,
            InstanceId instance,
            IncidentState state,
            Instant openedAt,
            @Nullable Instant closedAt,
            int falls,
            int attempts,
            List<Incident.Happening> history) {
        static Shown of(Incident incident) {
            return new Shown(
                    incident.id(),
                    incident.unit().app(),
                    incident.unit().service(),
                    incident.unit().id(),
                    incident.phase().state(),
                    incident.openedAt(),
                    incident.phase() instanceof Phase.Closed(var at) ? at : null,
                    incident.falls().size(),
                    incident.attempt(),
                    incident.history());
        }
    }
}
