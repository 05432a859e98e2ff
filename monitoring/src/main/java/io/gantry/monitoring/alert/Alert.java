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
 * @param topic that dead letters were sent to
 * @param deadLetters how many nobody has seen
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
        @Nullable IncidentId incident,
        @Nullable String topic,
        @Nullable Long deadLetters) {
    /** What has happened. */
    public enum Kind {
        /** Something goes down as often as it is brought back: it is left down. */
        CRASH_LOOP,
        /** So much went down that nothing is healed. */
        MELTDOWN,
        /** Messages could not be read or handled, and nobody has looked at them. */
        DEAD_LETTERS
    }

    public static Alert meltdown(Instant at, String message) {
        return new Alert(Kind.MELTDOWN, at, message, null, null, null, null, null, null, null);
    }

    public static Alert deadLetters(Instant at, String message, String topic, long count) {
        return new Alert(Kind.DEAD_LETTERS, at, message, null, null, null, null, null, topic, count);
    }

    public static Alert crashLoop(Instant at, String message, Unit unit, IncidentId incident) {
        return switch (unit) {
            case Unit.Instance(var id, var app, var service) ->
                crashLoop(at, message, app.value(), service.value(), id.value(), null, incident);
            case Unit.Replica(var service, var machine) ->
                crashLoop(at, message, null, service, null, machine, incident);
            case Unit.Machine(var machine) -> crashLoop(at, message, null, null, null, machine, incident);
        };
    }

    private static Alert crashLoop(
            Instant at,
            String message,
            @Nullable String app,
            @Nullable String service,
            @Nullable String instance,
            @Nullable String machine,
            IncidentId incident) {
        return new Alert(Kind.CRASH_LOOP, at, message, app, service, instance, machine, incident, null, null);
    }
}
