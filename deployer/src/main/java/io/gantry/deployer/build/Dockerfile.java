package io.gantry.deployer.build;

/**
 * What an image is built by.
 *
 * @param path where it lies in the build context
 * @param stepsBeforeCode how many of its first steps have nothing to do with the service's code; 0 where nobody knows
 */
record Dockerfile(String text, String path, int stepsBeforeCode) {}
