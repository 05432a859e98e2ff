package io.gantry.lifecyclemanager.replica;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A replica as it was seen last.
 *
 * @param digest of the description that its container was made from
 * @param since when it was started
 * @param readyAt when it was ready for the first time
 * @param problem why it is not ready
 */
public record ReplicaRow(
        Replica replica,
        @Nullable String address,
        int port,
        @Nullable String digest,
        State state,
        @Nullable Instant since,
        @Nullable Instant readyAt,
        @Nullable String problem) {
    /** How it is. */
    public enum State {
        /** It has not been started yet. */
        WAITING,
        READY,
        NOT_READY,
        /** Its machine does not answer. */
        UNREACHABLE
    }
}
