package io.gantry.deployer.leg;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;

/** Its container is being started on the node. */
public record Starting(Attempt attempt, NodeId node, Instant due) implements Candidate {
    @Override
    public Progress on(Input input, Course course) {
        return switch (input) {
            case Input.Started(var _, var at, var startedAt) -> started(at, startedAt, course);
            case Input.NodeFailed(var _, var reason) -> elsewhere(reason, course);
            case Input.StartFailed(var _, var failure) -> Progress.to(broken(failure));
            case Input.ImageMissing(var _) ->
                Progress.to(
                        broken(Failure.of(
                                FailureKind.EXTERNAL,
                                "IMAGE_MISSING",
                                "The registry no longer has the image: BUILD this version again.")),
                        new Entry.ImageLost(course.image().version()));
            case Input.Alarm() when isOverdue(course) -> elsewhere("it took too long to start", course);
            default -> stays();
        };
    }

    private Progress started(InstanceAddress at, Instant startedAt, Course course) {
        Started started = new Started(attempt, at, startedAt);
        Progress next = course.image().isJob() ? Registering.begin(started, course) : Verifying.begin(started, course);
        return next.after(started.news(course));
    }

    /** Whatever the node holds of the attempt is removed, but nobody waits for that: it may be out of reach. */
    private Progress elsewhere(String reason, Course course) {
        if (attempt.number() >= course.limits().nodes()) {
            return Progress.to(broken(Failure.of(
                    FailureKind.EXTERNAL, "START_FAILED", "No node could start it: " + attempt.because(node, reason))));
        }
        return Placing.begin(attempt.elsewhere(node, reason, course.moment()), course)
                .after(new Work.RemoveInstance(id(), node, attempt.access(), false), attempt.release(course.leg()));
    }

    private Broken broken(Failure failure) {
        return new Broken(attempt, node, false, failure);
    }

    @Override
    public ServiceState state() {
        return ServiceState.STARTING;
    }

    @Override
    public Leaver leaver() {
        return Leaver.of(id(), node, attempt.access(), false);
    }
}
