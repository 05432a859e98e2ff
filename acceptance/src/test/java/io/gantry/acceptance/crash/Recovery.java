package io.gantry.acceptance.crash;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits until all is as it must be, but not for ever. */
final class Recovery {
    /** A minute for the platform, and one for a machine that does much else meanwhile. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Observation observation;
    private final Duration patience;

    Recovery(CrashingPlatform platform) {
        this(platform, PATIENCE);
    }

    Recovery(CrashingPlatform platform, Duration patience) {
        this.observation = new Observation(platform);
        this.patience = patience;
    }

    /** @return what is still wrong then; nothing, as soon as nothing is */
    List<Violation> violations(History history, UnaryOperator<World> part) throws IOException, SQLException {
        try {
            return Awaitility.await("Recovery")
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(() -> Invariants.broken(history, part.apply(observation.world())), List::isEmpty);
        } catch (ConditionTimeoutException stillWrong) {
            return Invariants.broken(history, part.apply(observation.world()));
        }
    }
}
