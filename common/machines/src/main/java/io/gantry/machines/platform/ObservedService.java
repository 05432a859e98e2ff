package io.gantry.machines.platform;

import java.time.Instant;

/**
 * A platform service's container as the engine has it.
 *
 * @param digest of the description that it was made from
 * @param image as it was named when it was made
 * @param running whether its process is there; one that the engine is about to start again is not
 * @param startedAt the last time; long ago if never
 * @param restarts how often the engine has started it again by itself
 */
public record ObservedService(
        String service, String digest, String image, boolean running, Instant startedAt, long restarts) {}
