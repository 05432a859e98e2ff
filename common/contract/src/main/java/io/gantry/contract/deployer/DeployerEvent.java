package io.gantry.contract.deployer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a request, step by step. Keyed by app. Each carries the token of the request it tells of. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DeployerEvent.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = DeployerEvent.ServiceAdvanced.class, name = "service-advanced"),
    @JsonSubTypes.Type(value = DeployerEvent.ImageBuilt.class, name = "image-built"),
    @JsonSubTypes.Type(value = DeployerEvent.InstanceStarted.class, name = "instance-started"),
    @JsonSubTypes.Type(value = DeployerEvent.Finished.class, name = "finished")
})
public sealed interface DeployerEvent {
    DeploymentToken token();

    AppName app();

    Instant at();

    /** The request is stored; it will be answered whatever dies from now on. */
    record Accepted(DeploymentToken token, AppName app, Mode mode, Instant at) implements DeployerEvent {}

    /**
     * A service entered a state, or says more about the one it is in.
     *
     * @param detail what it waits for or works on, a sentence
     * @param tries how often this step has been begun so far, from 1; none: nothing new about that
     * @param by name of the deployer that works on it; none: nothing new about that
     */
    record ServiceAdvanced(
            DeploymentToken token,
            AppName app,
            ServiceName service,
            @Nullable Integer version,
            ServiceState state,
            @Nullable String detail,
            @Nullable Integer tries,
            @Nullable String by,
            Instant at)
            implements DeployerEvent {}

    /**
     * An image is in the registry.
     *
     * @param image by digest
     * @param reused whether it had been built before from the same bundle
     */
    record ImageBuilt(
            DeploymentToken token,
            AppName app,
            ServiceName service,
            int version,
            String image,
            boolean reused,
            Instant at)
            implements DeployerEvent {}

    /** The container runs; whether it serves is not known yet. */
    record InstanceStarted(
            DeploymentToken token, AppName app, ServiceName service, InstanceAddress instance, Instant at)
            implements DeployerEvent {}

    /** The one final answer. */
    record Finished(
            DeploymentToken token, AppName app, Mode mode, Outcome outcome, List<ServiceReport> services, Instant at)
            implements DeployerEvent {}
}
