package io.gantry.monitoring.incident;

import java.time.Duration;

/** How long to wait before a try: not at all before the first, then twice as long each time. */
record Backoff(Duration first, Duration longest) {
    private static final int DOUBLINGS_AT_MOST = 30;

    /** @param attempt from 1 */
    Duration before(int attempt) {
        if (attempt == 1) {
            return Duration.ZERO;
        }
        Duration pause = first.multipliedBy(1L << Math.min(attempt - 2, DOUBLINGS_AT_MOST));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
