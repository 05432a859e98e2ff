package io.gantry.deployer.leg;

import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;

/**
 * Its container runs, but it is hung, or is restarted: it is being stopped. That is over and written down before the container is started
 * again, so none that was started again is ever stopped, whatever is done twice. Where it can't be stopped, another takes
 * its place.
 */
public record Stopping(Attempt attempt, InstanceAddress at, Instant due) implements InPlace {
    static Progress begin(Standing hung, Course course) {
        return begin(Attempt.again(hung), hung.at(), course);
    }

    static Progress begin(Attempt attempt, InstanceAddress at, Course course) {
        return Progress.to(
                new Stopping(attempt, at, course.in(course.limits().remove())),
                new Work.StopInstance(at.id(), attempt.access()));
    }

    @Override
    public Progress on(Input input, Course course) {
        return switch (input) {
            case Input.Stopped(var _) -> Reviving.begin(attempt, at, course);
            case Input.NodeFailed(var _, var reason) -> Placing.inPlaceOf(attempt, at, reason, course);
            case Input.Alarm()
            when isOverdue(course) -> Placing.inPlaceOf(attempt, at, "it took too long to stop it", course);
            default -> stays();
        };
    }

    @Override
    public ServiceState state() {
        return ServiceState.STOPPING;
    }
}
