package io.gantry.deployer.rollout;

import io.gantry.contract.AccessToken;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.registry.Node;
import io.gantry.deployer.ledger.Instances;
import io.gantry.deployer.leg.Image;
import io.gantry.deployer.leg.Input;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.RollingOut;
import io.gantry.deployer.leg.Starting;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.node.FleetSettings;
import io.gantry.deployer.node.Nodes;
import io.gantry.deployer.request.Legs;
import io.gantry.deployer.rollout.ContainerHost.Start;
import io.gantry.deployer.work.Agenda;
import io.gantry.deployer.work.Performer;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Starts the container of an instance on the node that was named for it. */
@Component
class InstanceStarting implements Performer<Work.StartInstance> {
    private final Legs legs;
    private final Agenda agenda;
    private final Nodes nodes;
    private final ContainerHost host;
    private final Instances instances;
    private final String fleet;

    InstanceStarting(
            Legs legs, Agenda agenda, Nodes nodes, ContainerHost host, Instances instances, FleetSettings fleet) {
        this.legs = legs;
        this.agenda = agenda;
        this.nodes = nodes;
        this.host = host;
        this.instances = instances;
        this.fleet = fleet.fleet();
    }

    @Override
    public Class<Work.StartInstance> kind() {
        return Work.StartInstance.class;
    }

    @Override
    public void perform(LegId leg, Work.StartInstance work) throws InterruptedException {
        if (legs.find(leg).orElseThrow().stage() instanceof RollingOut rollingOut
                && rollingOut.attempt(work.access()) instanceof Starting starting) {
            requireNothingOfBefore(leg, starting);
            Optional<Node> node = nodes.find(starting.node());
            if (node.isPresent()) {
                start(leg, work, node.get(), rollingOut.image());
            } else {
                legs.advance(leg, new Input.NodeFailed(work.access(), "it is not part of the fleet any more"));
            }
        }
    }

    /** On a node that failed the instance before, what is left of that is removed first: it has the same name. */
    private void requireNothingOfBefore(LegId leg, Starting starting) {
        if (starting.attempt().avoid().contains(starting.node())
                && agenda.holds(leg, Work.RemoveInstance.of(starting.id()))) {
            throw new IllegalStateException("%s still has something of %s".formatted(starting.node(), starting.id()));
        }
    }

    private void start(LegId leg, Work.StartInstance work, Node node, Image image) throws InterruptedException {
        Start start = host.start(node, ContainerPlan.of(leg, work.instance(), image, node.id(), fleet));
        boolean wanted = legs.advance(leg, input(work.access(), work.instance(), node, start));
        if (!wanted && start instanceof Start.Running && !isKnown(leg, node, work.instance())) {
            host.removeWithImage(node, work.instance());
        }
    }

    /** The leg may have moved on meanwhile: with this container, when someone else started it too; or without it. */
    private boolean isKnown(LegId leg, Node node, InstanceId instance) {
        boolean candidate = legs.find(leg).orElseThrow().stage() instanceof RollingOut rollingOut
                && rollingOut.isOn(node.id(), instance);
        return candidate || instances.isWanted(instance);
    }

    private static Input input(AccessToken access, InstanceId instance, Node node, Start start) {
        return switch (start) {
            case Start.Running(var port, var since) ->
                new Input.Started(access, new InstanceAddress(instance, node.id(), node.address(), port), since);
            case Start.NodeUnfit(var reason) -> new Input.NodeFailed(access, reason);
            case Start.NoImage() -> new Input.ImageMissing(access);
            case Start.Rejected(var reason) -> failed(access, FailureKind.REQUEST, "START_REJECTED", reason);
            case Start.NameTaken(var reason) -> failed(access, FailureKind.INTERNAL, "NAME_TAKEN", reason);
        };
    }

    private static Input failed(AccessToken access, FailureKind kind, String code, String reason) {
        return new Input.StartFailed(access, Failure.of(kind, code, "The container could not be started: " + reason));
    }

    /** Without the image no other node will do; for any other reason, one may. */
    @Override
    public void giveUp(LegId leg, Work.StartInstance work, Throwable cause) {
        String reason = Performer.reason(cause);
        legs.advance(
                leg,
                cause instanceof PullFailed
                        ? failed(work.access(), FailureKind.EXTERNAL, "IMAGE_NOT_PULLED", reason)
                        : new Input.NodeFailed(work.access(), reason));
    }
}
