package io.gantry.deployer.build;

import java.util.List;

/** Who looks on while a build runs. */
interface BuildWatch {
    /** The lines since the last call; often, and in the builder's own time. */
    void onLines(List<String> lines);

    /** Asked now and then; a build that is wanted no longer is stopped. */
    boolean isWanted();
}
