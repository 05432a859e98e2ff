package io.gantry.deployer.build;

import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.work.Agenda;
import io.gantry.deployer.work.Performer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Leaves the build engine with nothing of a service whose app is gone. If there is an app of the same name again, its next
 * build may find no cache, and takes longer.
 */
@Component
class CacheDiscarding implements Performer<Work.DiscardCache> {
    private static final Logger log = LoggerFactory.getLogger(CacheDiscarding.class);

    private final Agenda agenda;
    private final ImageBuilder builder;

    CacheDiscarding(Agenda agenda, ImageBuilder builder) {
        this.agenda = agenda;
        this.builder = builder;
    }

    @Override
    public Class<Work.DiscardCache> kind() {
        return Work.DiscardCache.class;
    }

    @Override
    public boolean isAwaited() {
        return false;
    }

    @Override
    public void perform(LegId leg, Work.DiscardCache work) {
        agenda.requireNoImageInTheMaking(leg);
        builder.discard(leg);
    }

    @Override
    public void giveUp(LegId leg, Work.DiscardCache work, Throwable cause) {
        log.warn("The cache of {}/{} stays on the build engine: {}", leg.app(), leg.service(), Performer.reason(cause));
    }
}
