package io.gantry.monitoring.incident;

import io.gantry.contract.AppName;
import io.gantry.contract.IncidentId;
import io.gantry.contract.InstanceId;
import io.gantry.monitoring.unit.Unit;
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
     * @param service of the app; without one, of the platform
     * @param machine that went down itself, or that a platform service runs on
     * @param falls how often it went down
     * @param attempts how often it was tried to bring it back
     */
    record Shown(
            IncidentId id,
            @Nullable AppName app,
            @Nullable String service,
            @Nullable InstanceId instance,
            @Nullable String machine,
            IncidentState state,
            Instant openedAt,
            @Nullable Instant closedAt,
            int falls,
            int attempts,
            List<Incident.Happening> history) {
        static Shown of(Incident incident) {
            return switch (incident.unit()) {
                case Unit.Instance(var id, var app, var service) -> of(incident, app, service.value(), id, null);
                case Unit.Replica(var service, var machine) -> of(incident, null, service, null, machine);
                case Unit.Machine(var machine) -> of(incident, null, null, null, machine);
            };
        }

        private static Shown of(
                Incident incident,
                @Nullable AppName app,
                @Nullable String service,
                @Nullable InstanceId instance,
                @Nullable String machine) {
            return new Shown(
                    incident.id(),
                    app,
                    service,
                    instance,
                    machine,
                    incident.phase().state(),
                    incident.openedAt(),
                    incident.phase() instanceof Phase.Closed(var at) ? at : null,
                    incident.falls().size(),
                    incident.attempt(),
                    incident.history());
        }
    }
}
