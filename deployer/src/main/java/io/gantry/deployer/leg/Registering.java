package io.gantry.deployer.leg;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;

/** Waits for the node-manager to confirm its entry in the service registry. */
record Registering(Started started, Instant due) implements Candidate {
    static Progress begin(Started started, Course course) {
        return Progress.to(new Registering(started, course.in(course.limits().register())), started.register(course));
    }

    @Override
    public Progress on(Input input, Course course) {
        return switch (input) {
            case Input.Registered(var _) ->
                course.image().isJob() ? Verifying.beginJob(started, course) : Serving.begin(started, course);
            case Input.Alarm()
            when isOverdue(course) ->
                Progress.to(started.broken(
                        true,
                        Failure.of(
                                FailureKind.EXTERNAL,
                                "REGISTRY_UNANSWERED",
                                "The node-manager did not confirm the instance in time.")));
            default -> stays();
        };
    }

    @Override
    public Attempt attempt() {
        return started.attempt();
    }

    @Override
    public ServiceState state() {
        return ServiceState.REGISTERING;
    }

    @Override
    public Leaver leaver() {
        return started.leaver(true);
    }
}
