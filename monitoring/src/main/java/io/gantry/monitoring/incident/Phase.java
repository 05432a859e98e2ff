package io.gantry.monitoring.incident;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** How far an incident has come. Stored as JSON under these names. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Phase.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = Phase.Trying.class, name = "trying"),
    @JsonSubTypes.Type(value = Phase.Settling.class, name = "settling"),
    @JsonSubTypes.Type(value = Phase.CrashLoop.class, name = "crash-loop"),
    @JsonSubTypes.Type(value = Phase.Closed.class, name = "closed")
})
public sealed interface Phase {
    /** When to look again if nothing is heard before. */
    Instant due();

    IncidentState state();

    /** Down; the next try is due then. */
    record Waiting(Instant due) implements Phase {
        @Override
        public IncidentState state() {
            return IncidentState.WAITING;
        }
    }

    /** Down; recovery was asked for, and is not waited for longer than that. */
    record Trying(Instant due) implements Phase {
        @Override
        public IncidentState state() {
            return IncidentState.TRYING;
        }
    }

    /** Up again; if it is still up then, the fault is over. */
    record Settling(Instant due) implements Phase {
        @Override
        public IncidentState state() {
            return IncidentState.SETTLING;
        }
    }

    /** Down as often as it was brought back; left alone until then. */
    record CrashLoop(Instant due) implements Phase {
        @Override
        public IncidentState state() {
            return IncidentState.CRASH_LOOP;
        }
    }

    record Closed(Instant at) implements Phase {
        @Override
        public Instant due() {
            return Instant.MAX;
        }

        @Override
        public IncidentState state() {
            return IncidentState.CLOSED;
        }
    }
}
