package io.gantry.deployer.leg;

import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;

/** Its container, which has ended, is being started again where it is. Where that can't be, another takes its place. */
public record Reviving(Attempt attempt, InstanceAddress at, Instant due) implements InPlace {
    static Progress begin(Standing fallen, Course course) {
        return begin(Attempt.again(fallen), fallen.at(), course);
    }

    static Progress begin(Attempt attempt, InstanceAddress at, Course course) {
        return Progress.to(
                new Reviving(attempt, at, course.in(course.limits().revive())),
                new Work.ReviveInstance(at.id(), attempt.access()));
    }

    @Override
    public Progress on(Input input, Course course) {
        return switch (input) {
            case Input.Started(var _, var where, var startedAt) -> started(where, startedAt, course);
            case Input.NotRevived(var _) -> Placing.inPlaceOf(attempt, at, course);
            case Input.NodeFailed(var _, var reason) -> Placing.inPlaceOf(attempt, at, reason, course);
            case Input.Alarm()
            when isOverdue(course) -> Placing.inPlaceOf(attempt, at, "it took too long to start it again", course);
            default -> stays();
        };
    }

    private Progress started(InstanceAddress where, Instant startedAt, Course course) {
        Started started = new Started(attempt, where, startedAt);
        return Verifying.begin(started, course).after(started.news(course));
    }

    @Override
    public ServiceState state() {
        return ServiceState.STARTING;
    }
}
