package io.gantry.monitoring.incident;

import org.jspecify.annotations.Nullable;

/** Everything that can be heard of the unit that an incident is about. What does not fit changes nothing. */
public sealed interface News {
    /** @param detail how it ended, {@code exit code 137} */
    record Fell(@Nullable String detail) implements News {}

    record Rose() implements News {}

    /** It was stopped or replaced. */
    record Gone() implements News {}

    record Recovered(int attempt) implements News {}

    /** @param why a sentence */
    record NotRecovered(int attempt, String why) implements News {}

    record NotWanted(int attempt) implements News {}

    /** Look at what is due. */
    record TimePassed() implements News {}
}
