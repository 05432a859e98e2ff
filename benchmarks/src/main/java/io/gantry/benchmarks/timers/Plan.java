package io.gantry.benchmarks.timers;

import java.time.Duration;
import java.time.Instant;

/**
 * What is stored, and what of it comes due: at equal distances, the rest a day later.
 *
 * @param stored all timers
 * @param seconds for how long some come due
 */
record Plan(int stored, int perSecond, int seconds) {
    int due() {
        return perSecond * seconds;
    }

    /** Of the timer with this number, from 0. */
    Instant dueAt(Instant begin, int number) {
        return begin.plus(Duration.ofSeconds(number).dividedBy(perSecond));
    }

    Instant end(Instant begin) {
        return begin.plusSeconds(seconds);
    }
}
