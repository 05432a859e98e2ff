package io.gantry.deployer.rollout;

import io.gantry.deployer.ledger.Images;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.node.Nodes;
import io.gantry.deployer.registry.ContainerRegistry;
import io.gantry.deployer.work.Agenda;
import io.gantry.deployer.work.Performer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Leaves a node with no image of a service that the book does not name: the service's app is gone, or the version is not kept any
 * longer. Those of an app of the same name that came after it stay.
 */
@Component
class ImageDiscarding implements Performer<Work.DiscardPulled> {
    private static final Logger log = LoggerFactory.getLogger(ImageDiscarding.class);

    private final Agenda agenda;
    private final Nodes nodes;
    private final ContainerHost host;
    private final ContainerRegistry registry;
    private final Images images;

    ImageDiscarding(Agenda agenda, Nodes nodes, ContainerHost host, ContainerRegistry registry, Images images) {
        this.agenda = agenda;
        this.nodes = nodes;
        this.host = host;
        this.registry = registry;
        this.images = images;
    }

    @Override
    public Class<Work.DiscardPulled> kind() {
        return Work.DiscardPulled.class;
    }

    @Override
    public boolean isAwaited() {
        return false;
    }

    /** A node that left the fleet keeps what it has. */
    @Override
    public void perform(LegId leg, Work.DiscardPulled work) {
        agenda.requireNoImageInTheMaking(leg);
        nodes.find(work.node())
                .ifPresent(node ->
                        host.removeImages(node, registry.repository(leg), images.references(leg.app(), leg.service())));
    }

    @Override
    public void giveUp(LegId leg, Work.DiscardPulled work, Throwable cause) {
        log.warn("Images of {}/{} stay on {}: {}", leg.app(), leg.service(), work.node(), Performer.reason(cause));
    }
}
