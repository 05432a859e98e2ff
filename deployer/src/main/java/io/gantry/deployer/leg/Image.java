package io.gantry.deployer.leg;

import io.gantry.contract.deployer.Release;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Manifest;

/**
 * An image in the registry.
 *
 * @param release what it was built from, and how it wants to be run
 * @param reference by digest, {@code registry/app/service@sha256:...}
 */
public record Image(Release release, String reference) {
    public Manifest manifest() {
        return release.manifest();
    }

    public int version() {
        return release.version();
    }

    boolean isJob() {
        return manifest().kind() == Kind.JOB;
    }
}
