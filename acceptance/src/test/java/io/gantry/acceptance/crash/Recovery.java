package io.gantry.acceptance.crash;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits until all is as it must be, but not for ever. */
final class Recovery {
    /** A minute for the platform, the rest for a machine that does much else meanwhile. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Observation observation;
    private final Duration patience;

    Recovery(CrashingPlatform platform) {
        this(platform, PATIENCE);
    }

    Recovery(CrashingPlatform platform, Duration patience) {
        this.observation = new Observation(platform);
        this.patience = patience;
    }

    /** @return what is still wrong then, as it was seen last; nothing, as soon as nothing is */
    List<Violation> violations(History history, UnaryOperator<World> part) throws IOException, SQLException {
        var newest = new AtomicReference<List<Violation>>(List.of());
        try {
            return Awaitility.await("Recovery")
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(
                            () -> {
                                newest.set(broken(history, part));
                                return newest.get();
                            },
                            List::isEmpty);
        } catch (ConditionTimeoutException stillWrong) {
            return newest.get().isEmpty() ? broken(history, part) : newest.get();
        }
    }

    /** Fails while what is looked at comes and goes. */
    private List<Violation> broken(History history, UnaryOperator<World> part) throws IOException, SQLException {
        return Invariants.broken(history, part.apply(observation.world()));
    }
}
