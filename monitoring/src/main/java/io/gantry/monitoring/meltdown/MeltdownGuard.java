package io.gantry.monitoring.meltdown;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When so much went down at a time that something else must be wrong, and bringing units back one by one would add to it.
 *
 * @param percent more than so many percent of all units
 * @param units and more than so many
 * @param within went down in this time
 */
@ConfigurationProperties("monitoring.meltdown")
public record MeltdownGuard(
        @DefaultValue("20") int percent,
        @DefaultValue("5") int units,
        @DefaultValue("10m") Duration within) {
    private static final int ALL = 100;

    boolean isMeltdown(int fallen, int all) {
        return fallen > units && fallen * ALL > percent * all;
    }
}
