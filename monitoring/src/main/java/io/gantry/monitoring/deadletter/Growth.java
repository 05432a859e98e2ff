package io.gantry.monitoring.deadletter;

import java.time.Instant;

/**
 * That there are letters which people don't know of, at one place.
 *
 * @param after all of them were set aside after this
 * @param newest of them
 * @param count how many; those that were replayed all the same among them
 */
record Growth(Instant after, Letter newest, long count) {}
