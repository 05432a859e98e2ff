package io.gantry.contract.manifest;

/**
 * What one instance may use at the most, and what is reserved for it on its node.
 *
 * @param cpus in cores
 * @param pids processes and threads
 */
public record Resources(double cpus, Memory memory, int pids) {}
