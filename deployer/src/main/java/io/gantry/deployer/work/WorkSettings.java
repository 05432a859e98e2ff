package io.gantry.deployer.work;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param builds how many run at once in this deployer
 * @param atOnce how many other pieces of work are done at once in this deployer
 * @param tries of one piece of work
 * @param firstPause before the second try; each further one is twice as long
 * @param longestPause between two tries
 * @param unawaitedTries of a piece of work that nobody waits for, unless it fails for what lasts
 * @param unawaitedLongestPause between two of these
 * @param heartbeat how often a deployer says that it still works on something; after four in silence, another one takes over
 * @param look how often work is looked for that nobody was woken for: retries, and what a dead deployer left
 */
@ConfigurationProperties("gantry.deployer.work")
record WorkSettings(
        @DefaultValue("2") int builds,
        @DefaultValue("200") int atOnce,
        @DefaultValue("5") int tries,
        @DefaultValue("200ms") Duration firstPause,
        @DefaultValue("10s") Duration longestPause,
        @DefaultValue("50") int unawaitedTries,
        @DefaultValue("5m") Duration unawaitedLongestPause,
        @DefaultValue("3s") Duration heartbeat,
        @DefaultValue("1s") Duration look) {
    int tries(boolean soon) {
        return soon ? tries : unawaitedTries;
    }

    /**
     * @param failures so far, from 1
     * @param soon whether it is given up as early as what somebody waits for
     */
    Duration pauseAfter(int failures, boolean soon) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, 20));
        Duration longest = soon ? longestPause : unawaitedLongestPause;
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
