package io.gantry.deployer.leg;

import org.jspecify.annotations.Nullable;

/**
 * An image on the build engine, not pushed yet.
 *
 * @param id the engine's
 * @param recipe digest of all that it follows from: the same recipe gives the same image
 * @param dockerfile what it was built by
 * @param dependencies id of the image below it that holds the dependencies alone; none where there is no such layer
 */
public record LocalImage(
        String id,
        String recipe,
        String dockerfile,
        @Nullable String dependencies) {}
