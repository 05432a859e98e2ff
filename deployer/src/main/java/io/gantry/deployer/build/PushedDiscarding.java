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
 * Leaves the container registry with no image of a service whose app is gone; those of an app of the same name that came
 * after it stay, for the book names them. (A push that begins and ends between a look into the book and the removal, and
 * gives the very same image, loses it: to run it, it has to be built again, and the deployment says so.)
 */
@Component
class PushedDiscarding implements Performer<Work.DiscardPushed> {
    private static final Logger log = LoggerFactory.getLogger(PushedDiscarding.class);

    private final Agenda agenda;
    private final ContainerRegistry registry;
    private final PushedImages pushed;

    PushedDiscarding(Agenda agenda, ContainerRegistry registry, PushedImages pushed) {
        this.agenda = agenda;
        this.registry = registry;
        this.pushed = pushed;
    }

    @Override
    public Class<Work.DiscardPushed> kind() {
        return Work.DiscardPushed.class;
    }

    @Override
    public boolean isAwaited() {
        return false;
    }

    /** A registry may list only some of many tags; as long as some can be removed, others may follow. */
    @Override
    public void perform(LegId leg, Work.DiscardPushed work) throws InterruptedException {
        agenda.requireNoImageInTheMaking(leg);
        while (pushed.remove(leg, pushed.tags(leg))) {
            log.debug("Removed images of {} from {}", leg, registry.address());
        }
    }

    @Override
    public void giveUp(LegId leg, Work.DiscardPushed work, Throwable cause) {
        log.warn(
                "Images of {}/{} stay in the container registry {}: {}",
                leg.app(),
                leg.service(),
                registry.address(),
                Performer.reason(cause));
    }
}
