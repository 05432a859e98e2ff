package io.gantry.deployer.request;

import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.deployer.ledger.Images;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.node.Nodes;
import io.gantry.deployer.work.Agenda;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Removes what was built for an app that is gone. The book forgets it at once, before any later command for an app of the
 * same name is read; so whatever the book names from then on is another app's and stays. All else goes: from the
 * container registry, the build engine and every node, each by work of its own, so that one out of reach delays no other.
 */
@Component
class Discards {
    private final Images images;
    private final Nodes nodes;
    private final Agenda agenda;

    Discards(Images images, Nodes nodes, Agenda agenda) {
        this.images = images;
        this.nodes = nodes;
        this.agenda = agenda;
    }

    void begin(DeployerCommand.Discard discard) {
        List<Work> work = work();
        for (ServiceName service : discard.services()) {
            images.forget(discard.app(), service);
            agenda.add(new LegId(discard.app(), service, discard.token()), work);
        }
    }

    /** On every node, for the book does not know where an instance was tried that never served. */
    private List<Work> work() {
        Stream<Work> pulled = nodes.all().stream().map(node -> new Work.DiscardPulled(node.id()));
        return Stream.concat(Stream.of(new Work.DiscardPushed(), new Work.DiscardCache()), pulled)
                .toList();
    }
}
