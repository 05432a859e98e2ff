package io.gantry.monitoring.judgement;

import io.gantry.contract.AppName;
import io.gantry.contract.IncidentId;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.monitoring.incident.Incident;
import io.gantry.monitoring.incident.Incidents;
import io.gantry.monitoring.meltdown.Meltdown;
import io.gantry.monitoring.unit.FleetUnits;
import io.gantry.monitoring.unit.FleetUnits.MachineUnit;
import io.gantry.monitoring.unit.FleetUnits.ReplicaUnit;
import io.gantry.monitoring.unit.Seen;
import io.gantry.monitoring.unit.Unit;
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
    private final FleetUnits fleet;
    private final Incidents incidents;
    private final Meltdown meltdown;

    HealthController(Units units, FleetUnits fleet, Incidents incidents, Meltdown meltdown) {
        this.units = units;
        this.fleet = fleet;
        this.incidents = incidents;
        this.meltdown = meltdown;
    }

    @GetMapping("/api/v1/health")
    Report health() {
        Map<String, IncidentId> open = incidents.open().stream()
                .collect(Collectors.toMap(incident -> incident.unit().key(), Incident::id));
        return new Report(
                meltdown.since().orElse(null),
                fleet.machines().stream()
                        .map(each ->
                                Machine.of(each, open.get(each.unit().unit().key())))
                        .toList(),
                fleet.replicas().stream()
                        .map(each ->
                                Replica.of(each, open.get(each.unit().unit().key())))
                        .toList(),
                units.instances().stream()
                        .map(each -> Instance.of(each, open.get(each.unit().key())))
                        .toList());
    }

    /** @param meltdownSince since when nothing is healed; none: everything is */
    record Report(
            @Nullable Instant meltdownSince,
            List<Machine> machines,
            List<Replica> services,
            List<Instance> instances) {}

    /** @param incident the open one */
    record Machine(
            String machine,
            String address,
            UnitState state,
            Instant since,
            @Nullable String detail,
            @Nullable IncidentId incident) {
        static Machine of(MachineUnit machine, @Nullable IncidentId incident) {
            Seen<Unit.Machine> seen = machine.unit();
            return new Machine(
                    seen.machine(), machine.told().address(), seen.state(), seen.since(), seen.detail(), incident);
        }
    }

    /** @param incident the open one */
    record Replica(
            String service,
            String machine,
            String address,
            int port,
            UnitState state,
            Instant since,
            @Nullable String detail,
            @Nullable IncidentId incident) {
        static Replica of(ReplicaUnit replica, @Nullable IncidentId incident) {
            Seen<Unit.Replica> seen = replica.unit();
            return new Replica(
                    seen.unit().service(),
                    seen.machine(),
                    replica.told().address(),
                    replica.told().port(),
                    seen.state(),
                    seen.since(),
                    seen.detail(),
                    incident);
        }
    }

    /** @param incident the open one */
    record Instance(
            InstanceId instance,
            AppName app,
            ServiceName service,
            String node,
            UnitState state,
            Instant since,
            @Nullable String detail,
            @Nullable IncidentId incident) {
        static Instance of(Seen<Unit.Instance> seen, @Nullable IncidentId incident) {
            return new Instance(
                    seen.unit().id(),
                    seen.unit().app(),
                    seen.unit().service(),
                    seen.machine(),
                    seen.state(),
                    seen.since(),
                    seen.detail(),
                    incident);
        }
    }
}
