package io.gantry.deployer.build;

import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.registry.ContainerRegistry;
import io.gantry.deployer.work.Agenda;
import io.gantry.deployer.work.Performer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Leaves the container registry with no image of versions that are not kept any longer. Only these versions' tags are looked at: the
 * service goes on, and a version that is just pushed is not in the book yet.
 */
@Component
class OldDiscarding implements Performer<Work.DiscardOld> {
    private static final Logger log = LoggerFactory.getLogger(OldDiscarding.class);

    private final Agenda agenda;
    private final ContainerRegistry registry;
    private final PushedImages pushed;

    OldDiscarding(Agenda agenda, ContainerRegistry registry, PushedImages pushed) {
        this.agenda = agenda;
        this.registry = registry;
        this.pushed = pushed;
    }

    @Override
    public Class<Work.DiscardOld> kind() {
        return Work.DiscardOld.class;
    }

    @Override
    public boolean isAwaited() {
        return false;
    }

    @Override
    public void perform(LegId leg, Work.DiscardOld work) throws InterruptedException {
        agenda.requireNoImageInTheMaking(leg);
        pushed.remove(leg, work.versions().stream().map(String::valueOf).toList());
        log.info("Images of {}/{} are not kept any longer: versions {}", leg.app(), leg.service(), work.versions());
    }

    @Override
    public void giveUp(LegId leg, Work.DiscardOld work, Throwable cause) {
        log.warn(
                "Images of {}/{} stay in the container registry {}, versions {}: {}",
                leg.app(),
                leg.service(),
                registry.address(),
                work.versions(),
                Performer.reason(cause));
    }
}
