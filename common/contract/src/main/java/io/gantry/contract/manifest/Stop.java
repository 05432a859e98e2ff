package io.gantry.contract.manifest;

/**
 * How an instance is asked to end.
 *
 * @param timeout after which it is killed
 */
public record Stop(String signal, TimeSpan timeout) {}
