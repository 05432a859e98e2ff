package io.gantry.contract.healing;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.AppName;
import io.gantry.contract.IncidentId;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import java.time.Instant;

/**
 * Something is down and is to be brought back. Keyed by incident. Each is answered by exactly one {@link RecoveryEvent} with
 * the same incident and attempt; asked twice, it is done once.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(@JsonSubTypes.Type(value = RecoveryRequest.ReviveInstance.class, name = "revive-instance"))
public sealed interface RecoveryRequest {
    IncidentId incident();

    /** From 1, within the incident. */
    int attempt();

    Instant deadline();

    /** An instance of an app died. */
    record ReviveInstance(
            IncidentId incident, int attempt, AppName app, ServiceName service, InstanceId instance, Instant deadline)
            implements RecoveryRequest {}
}
