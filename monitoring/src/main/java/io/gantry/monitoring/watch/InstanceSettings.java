package io.gantry.monitoring.watch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How instances are watched, besides what their manifests say. All times are those that monitoring itself lived through.
 *
 * @param every how often it is looked which are to be asked; none is asked more often than that
 * @param silent one is not down before it has given no good answer for so long, however many bad ones it gave
 */
@ConfigurationProperties("monitoring.watch.instances")
record InstanceSettings(
        @DefaultValue("1s") Duration every,
        @DefaultValue("10s") Duration silent) {
    /** No two questions are closer than that; a beat that comes a little early counts as in time. */
    Duration pause(Duration interval) {
        return (interval.compareTo(every) < 0 ? every : interval).minus(every.dividedBy(2));
    }
}
