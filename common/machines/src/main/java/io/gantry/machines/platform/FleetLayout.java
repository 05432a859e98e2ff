package io.gantry.machines.platform;

import io.gantry.fleet.Fleet;
import io.gantry.fleet.PlatformService;
import java.util.List;
import java.util.Map;

/**
 * What is to run where.
 *
 * @param machines by name; those that platform services run on, or more
 * @param replicas the names of the machines that each service runs on; of a service that keeps data, one
 */
public record FleetLayout(Fleet fleet, Map<String, MachineAddress> machines, Map<String, List<String>> replicas) {
    public FleetLayout {
        machines = Map.copyOf(machines);
        replicas = Map.copyOf(replicas);
    }

    MachineAddress machine(String name) {
        MachineAddress address = machines.get(name);
        if (address == null) {
            throw new IllegalArgumentException("It is not known where the machine %s is".formatted(name));
        }
        return address;
    }

    /** {@code host:port} of a service that there is one of. */
    String only(String service) {
        List<String> on = replicas.getOrDefault(service, List.of());
        if (on.isEmpty()) {
            throw new IllegalArgumentException("It is not decided where %s runs".formatted(service));
        }
        return at(on.getFirst(), port(service));
    }

    private String at(String machine, int port) {
        return "%s:%d".formatted(machine(machine).address(), port);
    }

    private int port(String service) {
        return fleet.service(service)
                .map(PlatformService::port)
                .orElseThrow(() -> new IllegalArgumentException("The fleet has no service " + service));
    }
}
