package io.gantry.deployer.rollout;

import io.gantry.contract.InstanceId;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.deployer.ledger.Images;
import io.gantry.deployer.ledger.Instances;
import io.gantry.deployer.leg.Input;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.node.Nodes;
import io.gantry.deployer.request.Legs;
import io.gantry.deployer.work.Performer;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Removes the container of an instance, and with the last one of an app on a node, the app's network there. */
@Component
class InstanceRemoving implements Performer<Work.RemoveInstance> {
    private final Legs legs;
    private final Nodes nodes;
    private final ContainerHost host;
    private final HostPorts ports;
    private final Instances instances;
    private final Images images;

    InstanceRemoving(Legs legs, Nodes nodes, ContainerHost host, HostPorts ports, Instances instances, Images images) {
        this.legs = legs;
        this.nodes = nodes;
        this.host = host;
        this.ports = ports;
        this.instances = instances;
        this.images = images;
    }

    @Override
    public Class<Work.RemoveInstance> kind() {
        return Work.RemoveInstance.class;
    }

    @Override
    public void perform(LegId leg, Work.RemoveInstance work) {
        Optional<Node> node = nodes.find(work.node());
        if (node.isEmpty()) {
            legs.advance(
                    leg, new Input.RemovalFailed(work.instance(), work.node(), "it is not part of the fleet any more"));
            return;
        }
        if (node.get().state() == NodeState.READY) {
            boolean wasLast = remove(leg, work, node.get());
            legs.advance(leg, new Input.Removed(work.instance(), work.node()));
            if (!wasLast) {
                removeNetworkOfNobody(leg, work, node.get());
            }
        } else {
            leaveBehind(leg, work);
        }
    }

    /** @return whether it was the last of its app there */
    private boolean remove(LegId leg, Work.RemoveInstance work, Node node) {
        if (work.served()) {
            host.stopAndRemove(node, work.instance(), timeToEnd(work.instance()));
        } else {
            host.removeWithImage(node, work.instance());
        }
        boolean wasLast = removeNetworkOfNobody(leg, work, node);
        ports.release(work.node(), work.instance());
        return wasLast;
    }

    /** Of several that are removed at the same time none is the last, until it is known of the others that they are gone. */
    private boolean removeNetworkOfNobody(LegId leg, Work.RemoveInstance work, Node node) {
        boolean isAlone = instances.isAlone(leg.app(), work.node(), work.instance());
        if (isAlone) {
            host.removeNetwork(node, leg.app());
        }
        return isAlone;
    }

    /**
     * Whoever waits for it does not have to wait for the node: what is left there goes when it answers again. If it does so
     * at this very moment, what is left may not have been known to be of no use.
     */
    private void leaveBehind(LegId leg, Work.RemoveInstance work) {
        legs.advance(leg, new Input.RemovalFailed(work.instance(), work.node(), "it does not answer"));
        nodes.find(work.node())
                .filter(back -> back.state() == NodeState.READY)
                .ifPresent(back -> remove(leg, work, back));
    }

    private Duration timeToEnd(InstanceId instance) {
        return images.of(instance)
                .map(image -> image.manifest().stop().timeout().value())
                .orElse(ContainerHost.USUAL_TIME_TO_END);
    }

    @Override
    public void giveUp(LegId leg, Work.RemoveInstance work, Throwable cause) {
        legs.advance(leg, new Input.RemovalFailed(work.instance(), work.node(), Performer.reason(cause)));
    }
}
