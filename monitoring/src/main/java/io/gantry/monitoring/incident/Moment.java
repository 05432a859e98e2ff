package io.gantry.monitoring.incident;

import io.gantry.contract.healing.Fault;
import java.time.Duration;
import java.time.Instant;

/**
 * What a decision needs to know that is not in the incident itself.
 *
 * @param healing whether anything is brought back now
 * @param fault what is wrong with the unit now, if it is an instance and down
 * @param startUp how long the unit may take to come up
 */
record Moment(Instant now, boolean healing, Fault fault, Duration startUp, HealingPolicy policy) {}
