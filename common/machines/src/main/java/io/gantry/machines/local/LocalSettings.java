package io.gantry.machines.local;

import io.gantry.contract.Names;
import java.time.Duration;

/**
 * What local machines are made from.
 *
 * @param fleet whose they are
 * @param image of a VM
 * @param networks addresses to cut the fleet's network from, as in {@code 10.224.0.0/12}; apart from those of apps
 * @param bootsWithin how long a machine may take until it has its host key
 * @param engineSocket of the engine that runs the machines, where it is itself; shown to machines that reach their provider
 */
public record LocalSettings(String fleet, String image, String networks, Duration bootsWithin, String engineSocket) {
    /** With the engine already in it: quick. */
    public static final String WITH_DOCKER = "gantry/vm-docker:1";
    /** As a provider of bare machines gives them. */
    public static final String BARE = "gantry/vm:1";

    public LocalSettings {
        if (!Names.isValid(fleet)) {
            throw new IllegalArgumentException(Names.problem("fleet", fleet));
        }
    }

    public static LocalSettings of(String fleet, String image) {
        return new LocalSettings(fleet, image, "10.224.0.0/12", Duration.ofMinutes(1), "/var/run/docker.sock");
    }

    public LocalSettings withEngineSocket(String socket) {
        return new LocalSettings(fleet, image, networks, bootsWithin, socket);
    }

    /** No name has a dot, so no two fleets' things have one name. */
    String network() {
        return "gantry." + fleet;
    }

    String container(String machine) {
        if (!Names.isValid(machine)) {
            throw new IllegalArgumentException(Names.problem("machine", machine));
        }
        return network() + "." + machine;
    }

    String volume(String machine) {
        return container(machine) + ".docker";
    }
}
