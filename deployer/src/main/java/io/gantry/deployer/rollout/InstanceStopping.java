package io.gantry.deployer.rollout;

import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.healing.Fault;
import io.gantry.contract.manifest.Manifest;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.deployer.leg.Input;
import io.gantry.deployer.leg.Leg;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.RollingOut;
import io.gantry.deployer.leg.Stopping;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.node.Nodes;
import io.gantry.deployer.request.Legs;
import io.gantry.deployer.work.Performer;
import io.gantry.remote.HealthProbe;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Stops the container of an instance that is hung, or restarted. One that was hung and answers well by now is left alone. */
@Component
class InstanceStopping implements Performer<Work.StopInstance> {
    private final Legs legs;
    private final Nodes nodes;
    private final ContainerHost host;
    private final HealthProbe probe;

    InstanceStopping(Legs legs, Nodes nodes, ContainerHost host, HealthProbe probe) {
        this.legs = legs;
        this.nodes = nodes;
        this.host = host;
        this.probe = probe;
    }

    @Override
    public Class<Work.StopInstance> kind() {
        return Work.StopInstance.class;
    }

    @Override
    public void perform(LegId leg, Work.StopInstance work) throws InterruptedException {
        Leg found = legs.find(leg).orElseThrow();
        if (found.stage() instanceof RollingOut rollingOut
                && rollingOut.attempt(work.access()) instanceof Stopping stopping) {
            boolean hung = found.order().fault() == Fault.HUNG;
            legs.advance(leg, stop(work, stopping.at(), hung, rollingOut.image().manifest()));
        }
    }

    private Input stop(Work.StopInstance work, InstanceAddress at, boolean hung, Manifest manifest)
            throws InterruptedException {
        Optional<Node> node = nodes.find(at.node());
        if (node.isEmpty()) {
            return new Input.NodeFailed(work.access(), "it is not part of the fleet any more");
        }
        if (node.get().state() != NodeState.READY) {
            return new Input.NodeFailed(work.access(), "it does not answer");
        }
        if (!hung || !isWell(at, manifest)) {
            host.stop(node.get(), work.instance(), manifest.stop().timeout().value());
        }
        return new Input.Stopped(work.access());
    }

    private boolean isWell(InstanceAddress at, Manifest manifest) throws InterruptedException {
        Integer port = at.port();
        return port != null && probe.ask(at.address(), port, manifest.health()).good();
    }

    @Override
    public void giveUp(LegId leg, Work.StopInstance work, Throwable cause) {
        legs.advance(leg, new Input.NodeFailed(work.access(), Performer.reason(cause)));
    }
}
