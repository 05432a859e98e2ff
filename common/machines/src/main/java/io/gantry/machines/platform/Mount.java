package io.gantry.machines.platform;

/**
 * Something of the machine itself, shown in the container. It has to be there.
 *
 * @param source absolute, on the machine
 * @param target absolute, in the container
 */
public record Mount(String source, String target) {}
