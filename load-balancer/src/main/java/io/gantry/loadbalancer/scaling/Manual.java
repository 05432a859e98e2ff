package io.gantry.loadbalancer.scaling;

import java.time.Instant;

/** A number of instances that was asked for by hand: until it ends, nothing else decides. */
record Manual(int replicas, Instant until) {
    boolean hasEnded(Instant now) {
        return !now.isBefore(until);
    }
}
