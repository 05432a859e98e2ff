package io.gantry.deployer.rollout;

import io.gantry.contract.AppName;
import java.net.URI;

/**
 * The network of an app on one engine.
 *
 * @param engine the node's
 * @param name on the engine
 */
record AppNetwork(URI engine, AppName app, String name) {
    /**
     * Several platforms may have an app of this name on one engine, and are not to share its network. No name of an app has a point, so the
     * name of a network belongs to one fleet and one app.
     */
    static AppNetwork own(URI engine, String fleet, AppName app) {
        return new AppNetwork(engine, app, "gantry-%s.%s".formatted(fleet, app));
    }

    /** As it was named before it was told apart by fleet. */
    static AppNetwork former(URI engine, AppName app) {
        return new AppNetwork(engine, app, "gantry-" + app);
    }
}
