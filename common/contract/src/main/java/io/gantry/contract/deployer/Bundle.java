package io.gantry.contract.deployer;

/**
 * The zip of one version of a service, immutable in blob storage.
 *
 * @param key its name in the bundle container of the blob storage
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 * @param size in bytes
 */
public record Bundle(String key, String sha256, long size) {}
