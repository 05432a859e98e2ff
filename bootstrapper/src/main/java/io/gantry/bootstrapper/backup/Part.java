package io.gantry.bootstrapper.backup;

/**
 * One thing in a backup.
 *
 * @param name {@code fleet/secrets.json}
 * @param size in bytes
 * @param sha256 in hexadecimal digits
 */
public record Part(String name, long size, String sha256) {}
