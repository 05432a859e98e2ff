package io.gantry.deployer.rollout;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.registry.Node;
import io.gantry.deployer.leg.Input;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.RollingOut;
import io.gantry.deployer.leg.Started;
import io.gantry.deployer.leg.Verifying;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.node.Nodes;
import io.gantry.deployer.request.Legs;
import io.gantry.deployer.work.Performer;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds out whether an instance that was started does what it is there for. */
@Component
class InstanceVerifying implements Performer<Work.VerifyInstance> {
    private final Legs legs;
    private final Nodes nodes;
    private final Verification verification;

    InstanceVerifying(Legs legs, Nodes nodes, Verification verification) {
        this.legs = legs;
        this.nodes = nodes;
        this.verification = verification;
    }

    @Override
    public Class<Work.VerifyInstance> kind() {
        return Work.VerifyInstance.class;
    }

    @Override
    public void perform(LegId leg, Work.VerifyInstance work) throws InterruptedException {
        if (legs.find(leg).orElseThrow().stage() instanceof RollingOut rollingOut
                && rollingOut.attempt(work.access()) instanceof Verifying verifying) {
            Started started = verifying.started();
            Node node = nodes.find(started.at().node())
                    .orElseThrow(() -> new IllegalStateException("The node %s is not part of the fleet any more"
                            .formatted(started.at().node())));
            Optional<Failure> failure = verification.of(
                    new Verification.Subject(
                            node,
                            started.at(),
                            started.startedAt(),
                            rollingOut.image().manifest()),
                    () -> isWanted(leg, work));
            legs.advance(
                    leg,
                    failure.<Input>map(why -> new Input.VerificationFailed(work.access(), why))
                            .orElseGet(() -> new Input.Verified(work.access())));
        }
    }

    private boolean isWanted(LegId leg, Work.VerifyInstance work) {
        return legs.find(leg).orElseThrow().stage() instanceof RollingOut rollingOut
                && rollingOut.attempt(work.access()) instanceof Verifying;
    }

    @Override
    public void giveUp(LegId leg, Work.VerifyInstance work, Throwable cause) {
        legs.advance(
                leg,
                new Input.VerificationFailed(
                        work.access(),
                        Failure.of(
                                FailureKind.EXTERNAL,
                                "VERIFICATION_NOT_POSSIBLE",
                                "It could not be found out whether the instance serves: " + Performer.reason(cause))));
    }
}
