package io.gantry.lifecyclemanager.capacity;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.capacity.Verdict.Decision;
import io.gantry.lifecyclemanager.fleet.FleetDocument;
import io.gantry.lifecyclemanager.fleet.Fleets;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.lifecyclemanager.pool.PoolMachines;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Changes what the fleet is to be, as its pools allow. A decision, its reason and the machine are one transaction; whoever acts next
 * finds all of it or nothing.
 */
@Component
@OnlyInFleet
public class Capacity {
    private static final Logger log = LoggerFactory.getLogger(Capacity.class);

    private final Fleets fleets;
    private final PoolMachines machines;
    private final CapacityTable table;
    private final Lease lease;
    private final CapacitySettings settings;
    private final InstantSource clock;

    Capacity(
            Fleets fleets,
            PoolMachines machines,
            CapacityTable table,
            Lease lease,
            CapacitySettings settings,
            InstantSource clock) {
        this.fleets = fleets;
        this.machines = machines;
        this.table = table;
        this.lease = lease;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param looked the fleet by which machines were found: if it was changed meanwhile, nothing is decided */
    public void see(long fencing, FleetDocument looked, FoundMachines found) {
        if (!looked.fleet().pools().isEmpty()) {
            lease.fenced(fencing, () -> {
                fleets.lock();
                fleets.find()
                        .filter(fleet -> fleet.revision() == looked.revision())
                        .ifPresent(fleet -> decide(fleet, found));
            });
        }
    }

    private void decide(FleetDocument fleet, FoundMachines found) {
        Instant now = clock.instant();
        Verdict verdict = CapacityPolicy.judge(new Situation(
                now,
                fleet.fleet(),
                machines.present(),
                machines.changes(),
                found,
                table.report().orElse(null),
                settings.staleAfter()));
        table.stands(verdict.standing());
        Decision decision = verdict.decision();
        if (decision != null) {
            carryOut(decision, verdict.standing(), now);
        }
    }

    private void carryOut(Decision decision, String reason, Instant now) {
        switch (decision) {
            case Decision.Add(var pool) -> {
                machines.add(pool, reason, now);
                fleets.changed();
            }
            case Decision.Drain(var machine) -> machines.drain(machine, reason, now);
            case Decision.Keep(var machine) -> machines.keep(machine, reason, now);
            case Decision.Remove(var machine) -> {
                machines.remove(machine, reason, now);
                fleets.changed();
            }
        }
        log.info("Capacity: {}: {}", decision, reason);
    }
}
