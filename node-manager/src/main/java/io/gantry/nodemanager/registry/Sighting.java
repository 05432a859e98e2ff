package io.gantry.nodemanager.registry;

import io.gantry.contract.registry.Instance;
import org.jspecify.annotations.Nullable;

/** What an engine shows of an instance's container. */
public sealed interface Sighting {
    /** @param instance as the container's labels and the engine tell of it */
    record Running(Instance instance) implements Sighting {}

    /** The container is there and has not been started. */
    record NotStarted() implements Sighting {}

    /** Somebody paused it: it serves nobody, and is not dead. */
    record Paused() implements Sighting {}

    /** It runs and its labels do not tell what it is. */
    record Strange() implements Sighting {}

    /** The container is there and has ended. */
    record Ended(int exitCode, boolean oomKilled) implements Sighting {}

    /** There is no such container. */
    record Gone() implements Sighting {}

    /** How an end is told to people. */
    static String detail(@Nullable Integer exitCode, boolean oomKilled) {
        if (exitCode == null) {
            return "its container is gone";
        }
        return oomKilled ? "exit code %d, out of memory".formatted(exitCode) : "exit code %d".formatted(exitCode);
    }
}
