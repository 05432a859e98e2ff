package io.gantry.contract.registry;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;

/** What the deployer asks of the node-manager. Keyed by instance id. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RegistryCommand.Register.class, name = "register"),
    @JsonSubTypes.Type(value = RegistryCommand.Deregister.class, name = "deregister")
})
public sealed interface RegistryCommand {
    DeploymentToken deployment();

    InstanceId instance();

    /** The instance serves: enter it. Entering it twice changes nothing. */
    record Register(DeploymentToken deployment, Instance entry) implements RegistryCommand {
        @Override
        public InstanceId instance() {
            return entry.id();
        }
    }

    /**
     * The instance is about to be stopped: remove its entry, and do not take its end for a death.
     *
     * @param deployment the request that removes it
     */
    record Deregister(DeploymentToken deployment, InstanceId instance) implements RegistryCommand {}
}
