package io.gantry.deployer.leg;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;

/** The image is built and on its way to the registry. However this ends, the build engine is tidied. */
public record Pushing(LocalImage image, Instant due) implements Stage {
    @Override
    public Transition on(Input input, Order order, Moment moment) {
        return switch (input) {
            case Input.Pushed(var reference) -> pushed(new Image(order.named(), reference), order, moment);
            case Input.NothingToPush() -> Transition.to(new AwaitingBuild(), new Work.BuildImage());
            case Input.PushFailed(var failure) -> end(new Ended.Failed(failure));
            case Input.Cancel() -> end(new Ended.Cancelled());
            case Input.Alarm() when order.isOver(moment.now()) -> end(timedOut());
            case Input.Alarm() when !moment.now().isBefore(due) -> end(new Ended.Failed(tooLong(moment)));
            default -> unchanged();
        };
    }

    @Override
    public Status status() {
        return Status.of(ServiceState.PUSHING);
    }

    @Override
    public Instant due(Order order) {
        return due;
    }

    private Transition pushed(Image pushed, Order order, Moment moment) {
        return imageIsThere(pushed, false, order, moment)
                .after(new Entry.ImagePushed(pushed, image), new Work.TidyBuild(image));
    }

    /** What follows once the registry has the image. */
    static Transition imageIsThere(Image image, boolean reused, Order order, Moment moment) {
        LegId id = order.id();
        Message told = new Message.ToWhoeverListens(new DeployerEvent.ImageBuilt(
                id.token(), id.app(), id.service(), image.version(), image.reference(), reused, moment.now()));
        Transition next = order.mode() == Mode.BUILD
                ? Transition.to(new Ended.Built(image))
                : RollingOut.replace(image, moment.facts().get(), order, moment);
        return next.after(told);
    }

    private Transition end(Ended end) {
        return Transition.to(end, new Work.TidyBuild(image));
    }

    private static Failure tooLong(Moment moment) {
        return Failure.of(
                FailureKind.EXTERNAL,
                "PUSH_TIMED_OUT",
                "The registry did not take the image within %d s."
                        .formatted(moment.limits().push().toSeconds()));
    }
}
