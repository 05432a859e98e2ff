package io.gantry.deployer.request;

import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.work.Attendance;
import io.gantry.deployer.work.DeployerName;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps which deployer works on a leg's step, and how often it was begun; tells what is new of that. */
@Component
class Efforts implements Attendance {
    private final LegTable table;
    private final Post post;
    private final DeployerName self;
    private final InstantSource clock;

    Efforts(LegTable table, Post post, DeployerName self, InstantSource clock) {
        this.table = table;
        this.post = post;
        this.self = self;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void begun(LegId id, Work work, int number) {
        ServiceState step = work.step();
        if (step != null) {
            table.attend(id, step, self, number).ifPresent(leg -> post.tellTry(leg, number, clock.instant()));
        }
    }

    /** Told only where the leg is still at that step. */
    @Override
    @Transactional
    public void failed(LegId id, Work work, String reason) {
        table.find(id)
                .filter(leg -> leg.stage().status().state() == work.step())
                .ifPresent(leg -> post.tellDetail(leg, "tried again, because " + reason, clock.instant()));
    }
}
