package io.gantry.deployer.rollout;

import io.gantry.registry.NoRegistryLogin;

/** The container registry did not give a node the image. It may later. */
final class PullFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PullFailed(String reason) {
        super("The image could not be pulled: " + reason);
    }

    PullFailed(NoRegistryLogin nobody) {
        super("The image could not be pulled: " + nobody.getMessage(), nobody);
    }
}
