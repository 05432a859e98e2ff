package io.gantry.fleet;

import io.gantry.contract.manifest.Memory;
import java.util.List;

/**
 * One service of the platform.
 *
 * @param replicas how many there are, each on a machine of its own
 * @param needs the services that must be ready before it is started
 * @param memory the most that one replica may use
 * @param port on the addresses of its machines
 */
public record PlatformService(
        String name, MachineSelector on, int replicas, List<String> needs, Memory memory, int port) {
    public PlatformService {
        needs = List.copyOf(needs);
    }
}
