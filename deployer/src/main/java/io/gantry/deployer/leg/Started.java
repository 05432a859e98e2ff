package io.gantry.deployer.leg;

import io.gantry.contract.Failure;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.registry.RegistryCommand;
import java.time.Instant;

/** A container that was started, and where it is reached. */
public record Started(Attempt attempt, InstanceAddress at, Instant startedAt) {
    Leaver leaver(boolean registered) {
        return Leaver.of(at.id(), at.node(), attempt.access(), registered);
    }

    Broken broken(boolean registered, Failure failure) {
        return new Broken(attempt, at.node(), registered, failure);
    }

    Message news(Course course) {
        LegId leg = course.leg();
        return new Message.ToWhoeverListens(
                new DeployerEvent.InstanceStarted(leg.token(), leg.app(), leg.service(), at, course.now()));
    }

    Message register(Course course) {
        return new Message.ToNodeManager(
                new RegistryCommand.Register(course.leg().token(), entry(course)));
    }

    private Instance entry(Course course) {
        LegId leg = course.leg();
        Image image = course.image();
        return new Instance(
                at.id(),
                leg.app(),
                leg.service(),
                image.version(),
                image.manifest().kind(),
                image.reference(),
                leg.token(),
                at.node(),
                at.address(),
                at.port(),
                image.manifest().resources(),
                image.manifest().health(),
                startedAt,
                InstanceState.RUNNING,
                null);
    }
}
