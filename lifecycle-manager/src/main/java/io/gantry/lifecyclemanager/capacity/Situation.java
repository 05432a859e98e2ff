package io.gantry.lifecyclemanager.capacity;

import io.gantry.contract.placement.CapacityReport;
import io.gantry.fleet.Fleet;
import io.gantry.lifecyclemanager.pool.PoolMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is decided from.
 *
 * @param fleet as it is to be, machines of pools among its machines
 * @param machines of pools
 * @param changes when each pool's last machine came or went
 * @param report what the load-balancer said last; none: it never said anything
 */
record Situation(
        Instant now,
        Fleet fleet,
        List<PoolMachine> machines,
        Map<String, Instant> changes,
        FoundMachines found,
        @Nullable CapacityReport report,
        Duration staleAfter) {
    Situation {
        machines = List.copyOf(machines);
        changes = Map.copyOf(changes);
    }
}
