package io.gantry.monitoring.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.contract.AppName;
import io.gantry.contract.IncidentId;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What people are told, and the body that the webhook gets.
 *
 * @param message a sentence that says what to do next
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Alert(
        Kind kind,
        Instant at,
        String message,
        @Nullable AppName app,
        @Nullable ServiceName service,
        @Nullable InstanceId instance,
        @Nullable IncidentId incident) {
    /** What has happened. */
    public enum Kind {
        /** Something goes down as often as it is brought back: it is left down. */
        CRASH_LOOP,
        /** So much went down that nothing is healed. */
        MELTDOWN
    }

    public static Alert meltdown(Instant at, String message) {
        return new Alert(Kind.MELTDOWN, at, message, null, null, null, null);
    }
}
