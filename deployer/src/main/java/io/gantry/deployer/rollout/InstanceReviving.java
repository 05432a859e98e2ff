package io.gantry.deployer.rollout;

import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.deployer.leg.Input;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Reviving;
import io.gantry.deployer.leg.RollingOut;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.node.Nodes;
import io.gantry.deployer.request.Legs;
import io.gantry.deployer.work.Performer;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Starts the container of an instance again that has died, or was hung and is stopped. */
@Component
class InstanceReviving implements Performer<Work.ReviveInstance> {
    private final Legs legs;
    private final Nodes nodes;
    private final ContainerHost host;

    InstanceReviving(Legs legs, Nodes nodes, ContainerHost host) {
        this.legs = legs;
        this.nodes = nodes;
        this.host = host;
    }

    @Override
    public Class<Work.ReviveInstance> kind() {
        return Work.ReviveInstance.class;
    }

    @Override
    public void perform(LegId leg, Work.ReviveInstance work) {
        if (legs.find(leg).orElseThrow().stage() instanceof RollingOut rollingOut
                && rollingOut.attempt(work.access()) instanceof Reviving reviving) {
            legs.advance(leg, revive(work, reviving.at()));
        }
    }

    private Input revive(Work.ReviveInstance work, InstanceAddress at) {
        Optional<Node> node = nodes.find(at.node());
        if (node.isEmpty()) {
            return new Input.NodeFailed(work.access(), "it is not part of the fleet any more");
        }
        if (node.get().state() != NodeState.READY) {
            return new Input.NodeFailed(work.access(), "it does not answer");
        }
        return host.startAgain(node.get(), work.instance())
                .<Input>map(since -> new Input.Started(work.access(), at, since))
                .orElseGet(() -> new Input.NotRevived(work.access()));
    }

    @Override
    public void giveUp(LegId leg, Work.ReviveInstance work, Throwable cause) {
        legs.advance(leg, new Input.NodeFailed(work.access(), Performer.reason(cause)));
    }
}
