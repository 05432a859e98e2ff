package io.gantry.monitoring.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How something that is down is brought back.
 *
 * @param firstPause before the second try; the first comes at once, and each further pause is twice as long
 * @param longestPause at the most
 * @param tryFor how long one try may take
 * @param settle how long a unit has to be up until its fault is over
 * @param falls so often down within {@code fallsWithin} is a crash loop
 * @param rest how long something in a crash loop is left down; a new deployment ends that earlier
 * @param startUp how long after its own start monitoring only looks
 */
@ConfigurationProperties("monitoring.healing")
public record HealingPolicy(
        @DefaultValue("1s") Duration firstPause,
        @DefaultValue("1m") Duration longestPause,
        @DefaultValue("5m") Duration tryFor,
        @DefaultValue("1m") Duration settle,
        @DefaultValue("5") int falls,
        @DefaultValue("10m") Duration fallsWithin,
        @DefaultValue("30m") Duration rest,
        @DefaultValue("5s") Duration startUp) {
    Instant next(int attempt, Instant now) {
        return now.plus(new Backoff(firstPause, longestPause).before(attempt));
    }

    boolean isCrashLoop(List<Instant> fallen, Instant now) {
        Instant since = now.minus(fallsWithin);
        return fallen.stream().filter(fall -> fall.isAfter(since)).count() >= falls;
    }
}
