package io.gantry.deployer.request;

import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request, for those who run the deployer.
 *
 * @param age since it was accepted; for a finished one, how long it took
 */
record RequestView(
        String token,
        String app,
        Mode mode,
        RequestState state,
        Instant acceptedAt,
        Instant deadline,
        @Nullable Instant finishedAt,
        Duration age,
        List<LegView> services) {

    /**
     * @param detail what it waits for or works on
     * @param age since it last changed
     * @param failedTries of the piece of work at hand
     * @param by the deployer that works on it
     */
    record LegView(
            String service,
            ServiceState state,
            @Nullable String detail,
            Instant since,
            Duration age,
            int failedTries,
            String by) {}

    /** {@code RUNNING} until it is answered, then its outcome. */
    enum RequestState {
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        TIMED_OUT
    }
}
