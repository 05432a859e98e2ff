package io.gantry.deployer.build;

import io.gantry.deployer.ledger.Images;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.registry.ContainerRegistry;
import io.gantry.deployer.registry.RegistryApi;
import io.gantry.deployer.registry.RegistryApi.Deletion;
import io.gantry.deployer.work.Agenda;
import io.gantry.deployer.work.Performer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final RegistryApi api;
    private final Images images;
    private final AtomicBoolean toldThatItKeeps = new AtomicBoolean();

    PushedDiscarding(Agenda agenda, ContainerRegistry registry, RegistryApi api, Images images) {
        this.agenda = agenda;
        this.registry = registry;
        this.api = api;
        this.images = images;
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
        while (removesAny(leg)) {
            log.debug("Removed images of {} from {}", leg, registry.address());
        }
    }

    private boolean removesAny(LegId leg) throws InterruptedException {
        String repository = ContainerRegistry.path(leg);
        boolean any = false;
        for (String tag : api.tags(repository)) {
            Optional<String> digest = api.digest(repository, tag).filter(found -> !isKept(leg, found));
            any |= digest.isPresent() && isGone(api.delete(repository, digest.get()));
        }
        return any;
    }

    private boolean isKept(LegId leg, String digest) {
        return images.references(leg.app(), leg.service()).contains(registry.repository(leg) + "@" + digest);
    }

    private boolean isGone(Deletion deletion) {
        if (deletion == Deletion.NOT_SUPPORTED && toldThatItKeeps.compareAndSet(false, true)) {
            log.warn(
                    "The container registry {} lets nobody delete: images of deleted apps stay there",
                    registry.address());
        }
        return deletion == Deletion.DONE;
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
