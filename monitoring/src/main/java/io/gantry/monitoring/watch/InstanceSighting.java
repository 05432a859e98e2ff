package io.gantry.monitoring.watch;

import io.gantry.remote.HealthProbe;
import java.time.Duration;

/**
 * What came of asking one instance again and again.
 *
 * @param silence since its last good answer
 * @param good answers in a row; none if the last one was bad
 * @param bad answers in a row that count; none if the last one was good
 * @param spoke whether the last answer came from it, good or bad
 * @param reached whether the way to it was open at any of these times
 * @param container what its engine said after the last bad answer
 */
record InstanceSighting(Silence silence, int good, int bad, boolean spoke, boolean reached, ContainerWord container) {
    static final InstanceSighting NONE =
            new InstanceSighting(Silence.NOT_ASKED, 0, 0, false, false, new ContainerWord.NotKnown());

    InstanceSighting well(Pulse.Mark given, Duration hiccup) {
        return new InstanceSighting(
                silence.answered(given, hiccup), good + 1, 0, true, true, new ContainerWord.NotKnown());
    }

    /** What was not heard because monitoring was stopped is no bad answer. */
    InstanceSighting unwell(Pulse.Mark asked, Pulse.Mark given, HealthProbe.Answer answer, ContainerWord word) {
        return given.isSteadySince(asked)
                ? new InstanceSighting(
                        silence.unanswered(asked, given, answer.words()),
                        0,
                        bad + 1,
                        answer.spoke(),
                        reached || answer.reached(),
                        word)
                : this;
    }

    boolean isKnown() {
        return silence.known();
    }
}
