package io.gantry.deployer.build;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.deployer.build.ImageBuilder.Pushed;
import io.gantry.deployer.leg.Input;
import io.gantry.deployer.leg.Leg;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.LocalImage;
import io.gantry.deployer.leg.Pushing;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.request.Legs;
import io.gantry.deployer.work.Performer;
import org.springframework.stereotype.Component;

/**
 * Pushes the image of a leg to the container registry. Deployers may have build engines of their own: one that has not got
 * the image leaves it to the one that built it; if that one does not turn up, the image is built anew.
 */
@Component
class ImagePushing implements Performer<Work.PushImage> {
    private final Legs legs;
    private final ImageBuilder builder;

    ImagePushing(Legs legs, ImageBuilder builder) {
        this.legs = legs;
        this.builder = builder;
    }

    @Override
    public Class<Work.PushImage> kind() {
        return Work.PushImage.class;
    }

    @Override
    public void perform(LegId id, Work.PushImage work) throws InterruptedException {
        Leg leg = legs.find(id).orElseThrow();
        if (leg.stage() instanceof Pushing pushing) {
            Pushed pushed =
                    builder.push(id, pushing.image(), leg.order().named().version());
            legs.advance(id, input(pushed, pushing.image()));
        }
    }

    private static Input input(Pushed pushed, LocalImage image) {
        return switch (pushed) {
            case Pushed.As(var reference) -> new Input.Pushed(reference);
            case Pushed.NothingToPush() -> throw new NotOnThisEngine(image);
            case Pushed.Refused(var reason) -> failed(reason);
        };
    }

    private static Input failed(String reason) {
        return new Input.PushFailed(Failure.of(FailureKind.EXTERNAL, "PUSH_FAILED", reason));
    }

    @Override
    public void giveUp(LegId leg, Work.PushImage work, Throwable cause) {
        legs.advance(
                leg, cause instanceof NotOnThisEngine ? new Input.NothingToPush() : failed(Performer.reason(cause)));
    }
}
