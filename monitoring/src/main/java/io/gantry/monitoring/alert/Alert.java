package io.gantry.monitoring.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.contract.IncidentId;
import io.gantry.monitoring.unit.Unit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What people are told, and the body that the webhook gets.
 *
 * @param message a sentence that says what to do next
 * @param service of the app; without one, of the platform
 * @param machine that is in a crash loop itself, or that a platform service runs on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Alert(
        Kind kind,
        Instant at,
        String message,
        @Nullable String app,
        @Nullable String service,
        @Nullable String instance,
        @Nullable String machine,
        @Nullable IncidentId incident) {
    /** What has happened. */
    public enum Kind {
        /** Something goes down as often as it is brought back: it is left down. */
        CRASH_LOOP,
        /** So much went down that nothing is healed. */
        MELTDOWN
    }

    public static Alert meltdown(Instant at, String message) {
        return new Alert(Kind.MELTDOWN, at, message, null, null, null, null, null);
    }

    public static Alert crashLoop(Instant at, String message, Unit unit, IncidentId incident) {
        return switch (unit) {
            case Unit.Instance(var id, var app, var service) ->
                new Alert(Kind.CRASH_LOOP, at, message, app.value(), service.value(), id.value(), null, incident);
            case Unit.Replica(var service, var machine) ->
                new Alert(Kind.CRASH_LOOP, at, message, null, service, null, machine, incident);
            case Unit.Machine(var machine) ->
                new Alert(Kind.CRASH_LOOP, at, message, null, null, null, machine, incident);
        };
    }
}
