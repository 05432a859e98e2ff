package io.gantry.lifecyclemanager.platform;

import java.util.Set;

/** Runs the platform's services where they are no containers of a fleet. Who starts them all in one process gives one. */
public interface ServiceRunner {
    /** Those that it can restart. */
    Set<String> services();

    /**
     * Stops the service in order and starts it again; returns when it is ready.
     *
     * @throws RuntimeException if it does not become ready; it may be restarted again
     */
    void restart(String service);
}
