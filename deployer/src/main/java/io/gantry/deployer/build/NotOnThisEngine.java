package io.gantry.deployer.build;

import io.gantry.deployer.leg.LocalImage;

/** The build engine has no such image: it was built on that of another deployer, or was removed. */
final class NotOnThisEngine extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NotOnThisEngine(LocalImage image) {
        super("The image %s is not on this deployer's build engine".formatted(image.id()));
    }
}
