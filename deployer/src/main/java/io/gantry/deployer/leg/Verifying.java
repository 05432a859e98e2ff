package io.gantry.deployer.leg;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;

/** Its container runs; whether it serves is being found out. */
public record Verifying(Started started, boolean registered, Instant due) implements Candidate {
    static Progress begin(Started started, Course course) {
        var grace = course.image().manifest().health().gracePeriod().value();
        return begin(started, false, course.in(grace.plus(course.limits().verify())));
    }

    /** A job may run until the deadline. */
    static Progress beginJob(Started started, Course course) {
        return begin(started, true, course.order().deadline());
    }

    private static Progress begin(Started started, boolean registered, Instant due) {
        Verifying verifying = new Verifying(started, registered, due);
        return Progress.to(
                verifying,
                new Work.VerifyInstance(verifying.id(), verifying.attempt().access()));
    }

    @Override
    public Progress on(Input input, Course course) {
        return switch (input) {
            case Input.Verified(var _) ->
                registered ? Serving.begin(started, course) : Registering.begin(started, course);
            case Input.VerificationFailed(var _, var failure) -> Progress.to(started.broken(registered, failure));
            case Input.Alarm()
            when isOverdue(course) ->
                Progress.to(started.broken(
                        registered,
                        Failure.of(
                                FailureKind.EXTERNAL,
                                "VERIFICATION_STALLED",
                                "Nobody could say in time whether the instance serves.")));
            default -> stays();
        };
    }

    @Override
    public Attempt attempt() {
        return started.attempt();
    }

    @Override
    public ServiceState state() {
        return ServiceState.VERIFYING;
    }

    @Override
    public Leaver leaver() {
        return started.leaver(registered);
    }
}
