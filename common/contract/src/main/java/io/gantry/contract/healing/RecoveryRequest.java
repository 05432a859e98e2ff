package io.gantry.contract.healing;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.AppName;
import io.gantry.contract.IncidentId;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import java.time.Instant;
import java.util.Objects;

/**
 * Something is down and is to be brought back. Keyed by incident. Each is answered by exactly one {@link RecoveryEvent} with
 * the same incident and attempt; asked twice, it is done once.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RecoveryRequest.ReviveInstance.class, name = "revive-instance"),
    @JsonSubTypes.Type(value = RecoveryRequest.RestartService.class, name = "restart-service"),
    @JsonSubTypes.Type(value = RecoveryRequest.RestartMachine.class, name = "restart-machine")
})
public sealed interface RecoveryRequest {
    IncidentId incident();

    /** From 1, within the incident. */
    int attempt();

    Instant deadline();

    /**
     * An instance of an app is down.
     *
     * @param fault what is wrong with it; where an older monitor does not say so, it died
     */
    record ReviveInstance(
            IncidentId incident,
            int attempt,
            AppName app,
            ServiceName service,
            InstanceId instance,
            Fault fault,
            Instant deadline)
            implements RecoveryRequest {
        public ReviveInstance {
            fault = Objects.requireNonNullElse(fault, Fault.DIED);
        }
    }

    /**
     * A replica of a platform service does not do what it is there for, though its machine is there.
     *
     * @param service its name, {@code scheduler}
     * @param machine the name of the machine that it runs on
     */
    record RestartService(IncidentId incident, int attempt, String service, String machine, Instant deadline)
            implements RecoveryRequest {}

    /**
     * A machine is lost: nobody reaches it.
     *
     * @param machine its name
     */
    record RestartMachine(IncidentId incident, int attempt, String machine, Instant deadline)
            implements RecoveryRequest {}
}
