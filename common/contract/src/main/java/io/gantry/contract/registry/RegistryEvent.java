package io.gantry.contract.registry;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened in the service registry. Keyed by instance id. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RegistryEvent.Registered.class, name = "registered"),
    @JsonSubTypes.Type(value = RegistryEvent.Deregistered.class, name = "deregistered"),
    @JsonSubTypes.Type(value = RegistryEvent.InstanceDied.class, name = "instance-died")
})
public sealed interface RegistryEvent {
    InstanceId instance();

    Instant at();

    /** The answer to {@link RegistryCommand.Register}. */
    record Registered(InstanceId instance, DeploymentToken deployment, Instant at) implements RegistryEvent {}

    /** The answer to {@link RegistryCommand.Deregister}, also where there was no such entry. */
    record Deregistered(InstanceId instance, DeploymentToken deployment, Instant at) implements RegistryEvent {}

    /**
     * A registered instance ended without the platform having asked for it.
     *
     * @param exitCode none where the container is gone
     * @param oomKilled whether its engine has said so by now; it may say so later, and the instance then does
     */
    record InstanceDied(
            InstanceId instance,
            AppName app,
            ServiceName service,
            NodeId node,
            @Nullable Integer exitCode,
            boolean oomKilled,
            Instant at)
            implements RegistryEvent {}
}
