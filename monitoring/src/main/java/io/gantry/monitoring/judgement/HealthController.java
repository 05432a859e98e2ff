package io.gantry.monitoring.judgement;

import io.gantry.contract.AppName;
import io.gantry.contract.IncidentId;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.monitoring.incident.Incident;
import io.gantry.monitoring.incident.Incidents;
import io.gantry.monitoring.meltdown.Meltdown;
import io.gantry.monitoring.unit.Seen;
import io.gantry.monitoring.unit.UnitState;
import io.gantry.monitoring.unit.Units;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells how everything is that is judged. */
@RestController
class HealthController {
    private final Units units;
    private final Incidents incidents;
    private final Meltdown meltdown;

    HealthController(Units units, Incidents incidents, Meltdown meltdown) {
        this.units = units;
        this.incidents = incidents;
        this.meltdown = meltdown;
    }

    @GetMapping("/api/v1/health")
    Report health() {
        Map<InstanceId, IncidentId> open = incidents.open().stream()
                .collect(Collectors.toMap(incident -> incident.unit().id(), Incident::id));
        return new Report(
                meltdown.since().orElse(null),
                units.all().stream()
                        .map(seen -> Shown.of(seen, open.get(seen.unit().id())))
                        .toList());
    }

    /** @param meltdownSince since when nothing is healed; none: everything is */
    record Report(@Nullable Instant meltdownSince, List<Shown> instances) {}

    /** @param incident the open one */
    record Shown(
            InstanceId instance,
            AppName app,
            ServiceName service,
            NodeId node,
            UnitState state,
            Instant since,
            @Nullable String detail,
            @Nullable IncidentId incident) {
        static Shown of(Seen seen, @Nullable IncidentId incident) {
            return new Shown(
                    seen.unit().id(),
                    seen.unit().app(),
                    seen.unit().service(),
                    seen.node(),
                    seen.state(),
                    seen.since(),
                    seen.detail(),
                    incident);
        }
    }
}
