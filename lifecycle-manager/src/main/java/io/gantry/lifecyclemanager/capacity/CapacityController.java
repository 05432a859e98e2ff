package io.gantry.lifecyclemanager.capacity;

import io.gantry.contract.placement.CapacityReport;
import io.gantry.contract.placement.CapacityReport.Shortage;
import io.gantry.fleet.Pool;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.fleet.Fleets;
import io.gantry.lifecyclemanager.pool.PoolDecision;
import io.gantry.lifecyclemanager.pool.PoolMachine;
import io.gantry.lifecyclemanager.pool.PoolMachines;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells of pools, of what is short, and why machines came and went. */
@RestController
@OnlyInFleet
class CapacityController {
    private static final int SHOWN = 50;

    private final Fleets fleets;
    private final PoolMachines machines;
    private final CapacityTable table;

    CapacityController(Fleets fleets, PoolMachines machines, CapacityTable table) {
        this.fleets = fleets;
        this.machines = machines;
        this.table = table;
    }

    /** @param machines that it has; of those that leave, only the ones that are drained still */
    record ShownPool(String name, int min, int max, List<String> machines) {}

    /**
     * @param standing a sentence; empty where there are no pools
     * @param shortages as the load-balancer said last
     * @param decisions the newest first
     */
    record Shown(String standing, List<ShownPool> pools, List<Shortage> shortages, List<PoolDecision> decisions) {}

    @GetMapping("/api/v1/capacity")
    Shown show() {
        List<PoolMachine> present = machines.present();
        List<Pool> pools =
                fleets.find().map(document -> document.fleet().pools()).orElse(List.of());
        return new Shown(
                pools.isEmpty() ? "" : table.standing(),
                pools.stream().map(pool -> shown(pool, present)).toList(),
                table.report().map(CapacityReport::shortages).orElse(List.of()),
                machines.decisions(SHOWN));
    }

    private static ShownPool shown(Pool pool, List<PoolMachine> present) {
        return new ShownPool(
                pool.name(),
                pool.min(),
                pool.max(),
                present.stream()
                        .filter(machine -> machine.pool().equals(pool.name()))
                        .map(PoolMachine::name)
                        .toList());
    }
}
