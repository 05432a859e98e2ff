package io.gantry.contract.manifest;

/**
 * How many instances a service has.
 *
 * @param cpu the CPU use aimed at, in percent of what the instance may use
 */
public record Scale(int min, int max, int cpu) {}
