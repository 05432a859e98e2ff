package io.gantry.deployer.build;

import io.gantry.deployer.ledger.Images;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.registry.ContainerRegistry;
import io.gantry.deployer.registry.RegistryApi;
import io.gantry.deployer.registry.RegistryApi.Deletion;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The images of a service in the container registry. Those that the book names stay. */
@Component
class PushedImages {
    private static final Logger log = LoggerFactory.getLogger(PushedImages.class);

    private final ContainerRegistry registry;
    private final RegistryApi api;
    private final Images images;
    private final AtomicBoolean toldThatItKeeps = new AtomicBoolean();

    PushedImages(ContainerRegistry registry, RegistryApi api, Images images) {
        this.registry = registry;
        this.api = api;
        this.images = images;
    }

    /** As the registry lists them; it may list only some of many. */
    List<String> tags(LegId leg) throws InterruptedException {
        return api.tags(registry.path(leg));
    }

    /** @return whether any was there, and is gone */
    boolean remove(LegId leg, List<String> tags) throws InterruptedException {
        String repository = registry.path(leg);
        boolean any = false;
        for (String tag : tags) {
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
                    "The container registry {} lets nobody delete: images of deleted apps and old versions stay there",
                    registry.address());
        }
        return deletion == Deletion.DONE;
    }
}
