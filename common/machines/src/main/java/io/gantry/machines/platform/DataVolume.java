package io.gantry.machines.platform;

/**
 * A volume that outlives its container.
 *
 * @param name on the machine's engine
 * @param path absolute, in the container
 */
public record DataVolume(String name, String path) {}
