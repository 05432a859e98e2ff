package io.gantry.deployer.leg;

import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.manifest.TimeSpan;
import io.gantry.contract.registry.RegistryCommand;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * It is to be stopped and started again where it is: the registry forgets it first, so that nobody is given its address, and
 * nobody takes its end for a death.
 *
 * @param drain how long it goes on serving once the registry has forgotten it; none: it does no longer
 */
public record Withdrawing(
        Attempt attempt, InstanceAddress at, @Nullable TimeSpan drain, Instant due) implements InPlace {
    static Progress begin(Standing standing, @Nullable TimeSpan drain, Course course) {
        return Progress.to(
                new Withdrawing(
                        Attempt.again(standing),
                        standing.at(),
                        drain,
                        course.in(course.limits().deregister())),
                new Message.ToNodeManager(
                        new RegistryCommand.Deregister(course.leg().token(), standing.id())));
    }

    @Override
    public Progress on(Input input, Course course) {
        return switch (input) {
            case Input.Deregistered(var _) -> drained(course);
            case Input.Alarm() when isOverdue(course) -> drained(course);
            default -> stays();
        };
    }

    private Progress drained(Course course) {
        return drain == null
                ? Stopping.begin(attempt, at, course)
                : Progress.to(new Withdrawing(attempt, at, null, course.in(drain.value())));
    }

    @Override
    public ServiceState state() {
        return ServiceState.STOPPING;
    }
}
