package io.gantry.loadbalancer.reservation;

import io.gantry.contract.placement.CapacityReport;
import io.gantry.contract.placement.CapacityReport.PoolNode;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells the lifecycle-manager what is short. Who tells holds the ledger, so that each report is of one instant: what waits in
 * it does not fit the nodes that are in it.
 */
@Component
class CapacityReports {
    private final Ledger ledger;
    private final WaitingLine waiting;
    private final PoolNodes nodes;
    private final Outbox outbox;
    private final InstantSource clock;
    private volatile boolean quiet = true;

    CapacityReports(Ledger ledger, WaitingLine waiting, PoolNodes nodes, Outbox outbox, InstantSource clock) {
        this.ledger = ledger;
        this.waiting = waiting;
        this.nodes = nodes;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Nothing, if that was the last thing that was told. */
    @Transactional
    void tell() {
        if (quiet && waiting.isEmpty() && nodes.all().isEmpty()) {
            return;
        }
        CapacityReport report = report(ledger.open());
        outbox.send(Topics.CAPACITY, CapacityReport.KEY, report);
        quiet = report.saysNothing();
    }

    private CapacityReport report(Picture picture) {
        List<Waiting> all = waiting.withSince();
        List<PoolNode> ofPools = nodes.all();
        return new CapacityReport(
                clock.instant(),
                all.size(),
                Shortages.of(all, place -> picture.demand(place).home() == null),
                ofPools);
    }
}
