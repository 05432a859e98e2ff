package io.gantry.lifecyclemanager.reconciliation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step as it is told of.
 *
 * @param news the number of this piece of news; it grows
 * @param service the platform service that it is about, if any
 * @param detail what was done; or why it failed
 */
record StepRow(
        long id,
        long news,
        String machine,
        @Nullable String service,
        String what,
        State state,
        @Nullable String detail,
        Instant startedAt,
        @Nullable Instant endedAt) {
    enum State {
        RUNNING,
        DONE,
        FAILED
    }
}
