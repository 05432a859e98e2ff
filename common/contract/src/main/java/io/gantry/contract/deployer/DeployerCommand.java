package io.gantry.contract.deployer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.healing.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What the deployer is asked to do. Keyed by app, so that the commands of one app arrive in the order they were asked.
 *
 * <p>Every command but {@link Cancel} and {@link Discard} opens a request of its own under a new token, and is answered by
 * exactly one {@link DeployerEvent.Finished} with that token, at its {@code deadline} at the latest.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DeployerCommand.Build.class, name = "build"),
    @JsonSubTypes.Type(value = DeployerCommand.Run.class, name = "run"),
    @JsonSubTypes.Type(value = DeployerCommand.BuildAndRun.class, name = "build-and-run"),
    @JsonSubTypes.Type(value = DeployerCommand.Stop.class, name = "stop"),
    @JsonSubTypes.Type(value = DeployerCommand.ScaleUp.class, name = "scale-up"),
    @JsonSubTypes.Type(value = DeployerCommand.ScaleDown.class, name = "scale-down"),
    @JsonSubTypes.Type(value = DeployerCommand.Restart.class, name = "restart"),
    @JsonSubTypes.Type(value = DeployerCommand.Revive.class, name = "revive"),
    @JsonSubTypes.Type(value = DeployerCommand.Move.class, name = "move"),
    @JsonSubTypes.Type(value = DeployerCommand.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = DeployerCommand.Discard.class, name = "discard")
})
public sealed interface DeployerCommand {
    DeploymentToken token();

    AppName app();

    /** Build and push the image of each release; an image already built from the same bundle is used again. */
    record Build(DeploymentToken token, AppName app, List<Release> releases, Instant deadline)
            implements DeployerCommand {}

    /** Run each release from the image built before, in place of what runs of that service. */
    record Run(DeploymentToken token, AppName app, List<Release> releases, Instant deadline)
            implements DeployerCommand {}

    /** {@link Build}, then {@link Run}. */
    record BuildAndRun(DeploymentToken token, AppName app, List<Release> releases, Instant deadline)
            implements DeployerCommand {}

    /** Stop and remove every instance of the services; what is still in progress for them is cancelled. */
    record Stop(DeploymentToken token, AppName app, List<ServiceName> services, Instant deadline)
            implements DeployerCommand {}

    /** Add one instance of what runs of the service now. */
    record ScaleUp(DeploymentToken token, AppName app, ServiceName service, Instant deadline)
            implements DeployerCommand {}

    /** Stop and remove one instance of the service, the youngest. */
    record ScaleDown(DeploymentToken token, AppName app, ServiceName service, Instant deadline)
            implements DeployerCommand {}

    /**
     * Replace every instance of the services by a new one of the version that runs; where no node has room for one more, stop
     * and start those that run, one after the other.
     */
    record Restart(DeploymentToken token, AppName app, List<ServiceName> services, Instant deadline)
            implements DeployerCommand {}

    /**
     * The instance is down: start its container again where it is, or where that can't be, a new instance in place of it. One
     * that is hung is stopped first; one that died, and runs again by now, is left alone. One that was stopped or replaced
     * meanwhile is not brought back: the request fails with {@link #NOT_WANTED}.
     *
     * @param fault what is wrong with it; where an older Gantry does not say so, it died
     */
    record Revive(
            DeploymentToken token, AppName app, ServiceName service, InstanceId instance, Fault fault, Instant deadline)
            implements DeployerCommand {
        public static final String NOT_WANTED = "NOT_WANTED";

        public Revive {
            fault = Objects.requireNonNullElse(fault, Fault.DIED);
        }
    }

    /**
     * The instance is to leave its node: bring up another, on another node if any fits and always if this one is cordoned; once
     * that one serves, stop and remove this one. One that was stopped or replaced meanwhile is not moved: the request fails with
     * {@link Revive#NOT_WANTED}.
     */
    record Move(DeploymentToken token, AppName app, ServiceName service, InstanceId instance, Instant deadline)
            implements DeployerCommand {}

    /** End the request with this token, if it has not ended yet. Not a request itself: it gets no answer of its own. */
    record Cancel(DeploymentToken token, AppName app) implements DeployerCommand {}

    /**
     * The app is gone, after the stop with this token: remove what was built for its services, wherever it lies. Not a
     * request: it gets no answer, and takes as long as the engines and the container registry take to be reached. What is
     * asked for under the app's name after this belongs to another app, and stays.
     */
    record Discard(DeploymentToken token, AppName app, List<ServiceName> services) implements DeployerCommand {}
}
