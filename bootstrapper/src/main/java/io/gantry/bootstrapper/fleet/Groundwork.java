package io.gantry.bootstrapper.fleet;

import io.gantry.machines.platform.Backing;
import io.gantry.machines.platform.RegistryAccess;

/** What is done once the services that keep data answer, and before anything of the platform is started upon them. */
@FunctionalInterface
interface Groundwork {
    Groundwork NONE = _ -> {};

    /**
     * What there is to build upon.
     *
     * @param registry the fleet's container registry
     */
    record Ground(Backing backing, RegistryAccess registry) {}

    void on(Ground ground);
}
