package io.gantry.lifecyclemanager.capacity;

import io.gantry.contract.placement.CapacityReport;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Pool;
import io.gantry.lifecyclemanager.pool.PoolMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is decided from, and what it comes to.
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

    /** The machine that takes no new instances, so that it can leave. */
    Optional<PoolMachine> draining() {
        return machines.stream().filter(machine -> machine.leavingAt() != null).findFirst();
    }

    Optional<Pool> pool(PoolMachine machine) {
        return fleet.pool(machine.pool());
    }

    /** How many of its machines are to stay. */
    int staying(Pool pool) {
        return (int) machines.stream()
                .filter(machine -> machine.pool().equals(pool.name()) && machine.leavingAt() == null)
                .count();
    }

    /** When its last machine came, became ready, or went. */
    Instant changedAt(Pool pool) {
        Stream<Instant> ready = machines.stream()
                .filter(machine -> machine.pool().equals(pool.name()))
                .flatMap(machine -> Stream.ofNullable(found.readySince().get(machine.name())));
        return Stream.concat(Stream.ofNullable(changes.get(pool.name())), ready)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** Who has nothing to tell is silent. */
    boolean nothingWaits() {
        return report != null && report.waiting() == 0 && (isFresh(report) || report.saysNothing());
    }

    boolean isFresh(CapacityReport heard) {
        return Duration.between(heard.at(), now).abs().compareTo(staleAfter) <= 0;
    }

    /** What was said after an instant, and is fresh. */
    @Nullable
    CapacityReport heardSince(@Nullable Instant instant) {
        return report != null
                        && instant != null
                        && isFresh(report)
                        && report.at().isAfter(instant)
                ? report
                : null;
    }

    boolean isOver(Instant since, Duration time) {
        return since.isBefore(now) && !now.minus(time).isBefore(since);
    }
}
