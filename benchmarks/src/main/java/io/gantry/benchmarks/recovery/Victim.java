package io.gantry.benchmarks.recovery;

import io.gantry.benchmarks.engine.Start;
import java.util.function.Predicate;

/**
 * A container that is killed.
 *
 * @param container its id
 * @param port of this machine at which the service answers, before and after
 * @param start whether a start is of the service's container, this one or the next
 */
record Victim(String container, int port, Predicate<Start> start) {}
