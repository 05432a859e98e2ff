package io.gantry.deployer.leg;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;

/** The zip is fetched and the image built. Whoever builds looks now and then whether the leg is still here. */
public record Building(Instant due) implements Stage {
    @Override
    public Transition on(Input input, Order order, Moment moment) {
        return switch (input) {
            case Input.BuildSucceeded(var image) ->
                Transition.to(
                        new Pushing(
                                image,
                                order.within(moment.now().plus(moment.limits().push()), moment.now())),
                        new Work.PushImage());
            case Input.BuildFailed(var failure) -> Transition.to(new Ended.Failed(failure));
            case Input.Cancel() -> Transition.to(new Ended.Cancelled());
            case Input.Alarm() when order.isOver(moment.now()) -> Transition.to(timedOut());
            case Input.Alarm() when !moment.now().isBefore(due) -> Transition.to(new Ended.Failed(tooLong(moment)));
            default -> unchanged();
        };
    }

    @Override
    public Status status() {
        return Status.of(ServiceState.BUILDING);
    }

    @Override
    public Instant due(Order order) {
        return due;
    }

    private static Failure tooLong(Moment moment) {
        return Failure.of(
                FailureKind.REQUEST,
                "BUILD_TIMED_OUT",
                "The build took longer than %d s."
                        .formatted(moment.limits().build().toSeconds()));
    }
}
