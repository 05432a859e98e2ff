package io.gantry.nodemanager.node;

import io.gantry.contract.manifest.Memory;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param reconcile how often all containers of a node are compared with the registry, for what events have not told
 * @param retryAfter how long after a failure a node is tried again; doubled with every further one
 * @param retryAtLatest the longest such wait
 * @param pulse how often a machine that SSH reaches is asked whether it lives
 * @param declareLostAfter how long such a machine is silent until what ran there is taken for dead
 * @param cutOffAfter the same where hardly any machine is heard, so that it may be us who are cut off
 * @param fenceAfter how long a machine hears nothing of the node-manager until it asks itself whether it is cut off; with the time that
 *     takes, it has to be over before the machine is declared lost
 * @param memoryReserve what is left of a node's memory to the machine itself, where nothing else is set
 */
@ConfigurationProperties("node-manager.watch")
record WatchSettings(
        @DefaultValue("15s") Duration reconcile,
        @DefaultValue("1s") Duration retryAfter,
        @DefaultValue("15s") Duration retryAtLatest,
        @DefaultValue("250ms") Duration pulse,
        @DefaultValue("4s") Duration declareLostAfter,
        @DefaultValue("1m") Duration cutOffAfter,
        @DefaultValue("2s") Duration fenceAfter,
        @DefaultValue("256Mi") Memory memoryReserve) {
    private static final int MOST_DOUBLINGS = 16;

    /** @param failures in a row, at least one */
    Duration pauseAfter(int failures) {
        Duration doubled = retryAfter.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return doubled.compareTo(retryAtLatest) < 0 ? doubled : retryAtLatest;
    }
}
