package io.gantry.deployer.leg;

import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;

/** Only so many builds run at once; this one is not among them yet. */
public record AwaitingBuild() implements Stage {
    @Override
    public Transition on(Input input, Order order, Moment moment) {
        return switch (input) {
            case Input.BuildBegan() -> Transition.to(begun(order, moment));
            case Input.BuildFailed(var failure) -> Transition.to(new Ended.Failed(failure));
            case Input.Cancel() -> Transition.to(new Ended.Cancelled());
            case Input.Alarm() when order.isOver(moment.now()) -> Transition.to(timedOut());
            default -> unchanged();
        };
    }

    @Override
    public Status status() {
        return new Status(ServiceState.QUEUED, "waits for a place among the builds");
    }

    @Override
    public Instant due(Order order) {
        return order.deadline();
    }

    private static Building begun(Order order, Moment moment) {
        return new Building(order.within(moment.now().plus(moment.limits().build()), moment.now()));
    }
}
