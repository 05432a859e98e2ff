package io.gantry.machines;

import io.gantry.contract.Names;
import java.util.Map;

/** A machine as it is asked for. */
public record WantedMachine(String name, MachineSize size, Map<String, String> labels) {
    public WantedMachine {
        if (!Names.isValid(name)) {
            throw new IllegalArgumentException(Names.problem("machine", name));
        }
        labels = Map.copyOf(labels);
    }
}
