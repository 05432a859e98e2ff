package io.gantry.machines.platform;

/**
 * The API key that the bootstrapper made, as far as the fleet knows it.
 *
 * @param id public
 * @param sha256 of the whole key, in hexadecimal digits
 */
public record FirstKey(String id, String sha256) {}
