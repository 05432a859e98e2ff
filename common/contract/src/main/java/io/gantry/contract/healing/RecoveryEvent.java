package io.gantry.contract.healing;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.Failure;
import io.gantry.contract.IncidentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of one {@link RecoveryRequest}. Keyed by incident. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RecoveryEvent.Recovered.class, name = "recovered"),
    @JsonSubTypes.Type(value = RecoveryEvent.NotRecovered.class, name = "not-recovered"),
    @JsonSubTypes.Type(value = RecoveryEvent.NotWanted.class, name = "not-wanted")
})
public sealed interface RecoveryEvent {
    IncidentId incident();

    int attempt();

    Instant at();

    /** It does what it is there for again, or something in place of it does. */
    record Recovered(IncidentId incident, int attempt, Instant at) implements RecoveryEvent {}

    /** @param failure why, where that is known */
    record NotRecovered(
            IncidentId incident, int attempt, @Nullable Failure failure, Instant at) implements RecoveryEvent {}

    /** It was stopped or replaced meanwhile: nobody misses it. */
    record NotWanted(IncidentId incident, int attempt, Instant at) implements RecoveryEvent {}
}
