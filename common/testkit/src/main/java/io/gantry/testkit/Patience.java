package io.gantry.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long tests wait for what should take moments: long enough for a machine that has much else to do. Whoever has this module
 * among its tests waits so, unless a test says how long.
 */
public final class Patience implements LauncherSessionListener {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(LONGEST);
    }

    /** With a closer look, for what is cheap to look at. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(LONGEST).pollInterval(BETWEEN_LOOKS);
    }
}
