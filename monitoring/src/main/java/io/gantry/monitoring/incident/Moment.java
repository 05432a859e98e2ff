package io.gantry.monitoring.incident;

import java.time.Instant;

/**
 * What a decision needs to know that is not in the incident itself.
 *
 * @param healing whether anything is brought back now
 */
record Moment(Instant now, boolean healing, HealingPolicy policy) {}
