package io.gantry.monitoring.watch;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How machines and platform services are watched. All times are those that monitoring itself lived through.
 *
 * @param every how often everything is asked
 * @param answerWithin how long an answer may take
 * @param stall a pause of monitoring itself beyond that is a stall: it adds nothing to how long others were silent
 * @param suspectAfter what is silent for less than that is what it was
 * @param lostAfter a machine that nobody reached for so long is lost
 * @param cutOffAfter the same, when monitoring reaches hardly any machine and may be cut off itself
 * @param boot how long a machine that is back has for its engine to start what is to run
 * @param deadAfter a service is down if its container does not run, and it was silent for so long
 * @param grace of services whose container runs
 * @param services whose grace is another, by their names
 */
@ConfigurationProperties("monitoring.watch")
record WatchSettings(
        @DefaultValue("1s") Duration every,
        @DefaultValue("1s") Duration answerWithin,
        @DefaultValue("500ms") Duration stall,
        @DefaultValue("2s") Duration suspectAfter,
        @DefaultValue("4s") Duration lostAfter,
        @DefaultValue("1m") Duration cutOffAfter,
        @DefaultValue("20s") Duration boot,
        @DefaultValue("5s") Duration deadAfter,
        @DefaultValue Grace grace,
        @DefaultValue Map<String, Grace> services) {
    /**
     * @param silent a container that runs, and does not answer for so long, is down
     * @param startUp but not while its container is younger than that; one that was restarted is given as long to come up, too
     */
    record Grace(
            @DefaultValue("10s") Duration silent,
            @DefaultValue("1m") Duration startUp) {}

    Grace graceOf(String service) {
        return services.getOrDefault(service, grace);
    }
}
