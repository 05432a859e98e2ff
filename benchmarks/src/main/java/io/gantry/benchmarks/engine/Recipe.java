package io.gantry.benchmarks.engine;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How Gantry makes a container, learnt from one that it made, so that a peer can be asked for the very same.
 *
 * @param imageId the engine's own id of it: whoever is asked for that pulls nothing
 * @param user that it runs as
 * @param port that the app listens on
 * @param host limits, dropped capabilities, log settings
 */
public record Recipe(String imageId, String user, List<String> env, int port, HostConfig host) {
    public static Recipe of(InspectContainerResponse made) {
        ContainerConfig config = made.getConfig();
        ExposedPort[] ports = Objects.requireNonNull(config.getExposedPorts(), "It publishes no port");
        return new Recipe(
                Objects.requireNonNull(made.getImageId()),
                Objects.requireNonNull(config.getUser()),
                Arrays.asList(Objects.requireNonNull(config.getEnv())),
                ports[0].getPort(),
                Objects.requireNonNull(made.getHostConfig()));
    }

    List<String> droppedCapabilities() {
        return Stream.of(Objects.requireNonNull(host.getCapDrop()))
                .map(Capability::name)
                .toList();
    }

    long pids() {
        return Objects.requireNonNullElse(host.getPidsLimit(), 0L);
    }

    long memory() {
        return Objects.requireNonNullElse(host.getMemory(), 0L);
    }

    long nanoCpus() {
        return Objects.requireNonNullElse(host.getNanoCPUs(), 0L);
    }
}
