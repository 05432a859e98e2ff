package io.gantry.machines.docker;

import java.time.Duration;

/**
 * What one step of a preparation did.
 *
 * @param step its name, for people
 * @param detail what was found or made: a version, a number
 */
public record StepReport(String step, Outcome outcome, String detail, Duration took) {}
