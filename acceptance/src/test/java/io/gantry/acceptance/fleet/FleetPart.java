package io.gantry.acceptance.fleet;

import io.gantry.acceptance.driver.Fleet;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Tests of one theme, in their order, on the fleet that all parts share. */
@TestMethodOrder(OrderAnnotation.class)
@Timeout(1200)
class FleetPart {
    static final Duration SOON = Duration.ofMinutes(2);
    static final Duration OFTEN = Duration.ofMillis(50);

    private static final System.Logger LOG = System.getLogger(FleetPart.class.getName());

    Fleet fleet;

    @BeforeEach
    void meet(Fleet shared) {
        fleet = shared;
    }

    static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    static void tell(String what, Duration took) {
        LOG.log(System.Logger.Level.INFO, "{0} | {1} ms", what, Long.toString(took.toMillis()));
    }

    static void tell(String figures) {
        LOG.log(System.Logger.Level.INFO, figures);
    }
}
