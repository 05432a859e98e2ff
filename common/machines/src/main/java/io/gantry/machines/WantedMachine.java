package io.gantry.machines;

import io.gantry.contract.Names;
import java.util.Map;

/**
 * A machine as it is asked for.
 *
 * @param reachesProvider whether programs on it may make machines too. It says something only to a provider that is reached in no
 *     other way: with {@code local}, the machine is shown the socket of the engine that it is a container of
 */
public record WantedMachine(String name, MachineSize size, Map<String, String> labels, boolean reachesProvider) {
    public WantedMachine {
        if (!Names.isValid(name)) {
            throw new IllegalArgumentException(Names.problem("machine", name));
        }
        labels = Map.copyOf(labels);
    }

    public WantedMachine(String name, MachineSize size, Map<String, String> labels) {
        this(name, size, labels, false);
    }

    public WantedMachine reachingProvider() {
        return new WantedMachine(name, size, labels, true);
    }
}
