package io.gantry.standalone;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cloud service's local stand-in: a container bound to loopback, its data in a volume that outlives it. */
final class StandIn implements AutoCloseable {
    /** Apart from the labels of apps' containers: nobody lists, heals or scales a stand-in. */
    private static final String LABEL = "io.gantry.stand-in";

    private static final Map<String, String> SMALL_LOG = Map.of("max-size", "5m", "max-file", "2");
    private static final long MEMORY = 512L << 20;
    private static final int SECONDS_TO_STOP = 10;

    private final DockerClient docker;
    private final Spec spec;

    /**
     * @param name of the container and of its volume
     * @param image one that the project builds, {@code gantry/registry:1}
     * @param listens port inside the container
     * @param port on the loopback interface
     * @param data where the volume is mounted
     */
    record Spec(String name, String image, int listens, int port, String data) {
        PortBinding binding() {
            return new PortBinding(Binding.bindIpAndPort("127.0.0.1", port), ExposedPort.tcp(listens));
        }
    }

    private StandIn(DockerClient docker, Spec spec) {
        this.docker = docker;
        this.spec = spec;
    }

    /** Makes it run as described, whatever is there: nothing, one that was stopped, or one of an older image. */
    static StandIn start(DockerClient docker, Spec spec) {
        var standIn = new StandIn(docker, spec);
        Optional<InspectContainerResponse> found = standIn.find();
        String image = standIn.imageId();
        if (found.filter(StandIn::isRunning).isEmpty()) {
            Ports.requireFree(spec.port(), "the stand-in " + spec.image());
        }
        if (found.isEmpty()) {
            standIn.create();
        } else if (!standIn.fits(found.get(), image)) {
            standIn.close();
            docker.removeContainerCmd(spec.name()).exec();
            standIn.create();
        }
        standIn.run();
        return standIn;
    }

    private Optional<InspectContainerResponse> find() {
        try {
            return Optional.of(docker.inspectContainerCmd(spec.name()).exec());
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    private String imageId() {
        try {
            return docker.inspectImageCmd(spec.image()).exec().getId();
        } catch (NotFoundException absent) {
            throw new CannotStart(
                    "The image %s is missing. Build it: images/build %s"
                            .formatted(spec.image(), spec.image().replaceAll(".*/|:.*", "")),
                    absent);
        }
    }

    private static boolean isRunning(InspectContainerResponse container) {
        return Boolean.TRUE.equals(container.getState().getRunning());
    }

    /** Replacing one costs its clients seconds, and Azurite what it was told in the last of them: only when it must be. */
    private boolean fits(InspectContainerResponse container, String image) {
        PortBinding wanted = spec.binding();
        Map<ExposedPort, Binding[]> bindings =
                container.getHostConfig().getPortBindings().getBindings();
        return image.equals(container.getImageId())
                && bindings.keySet().equals(Set.of(wanted.getExposedPort()))
                && List.of(wanted.getBinding()).equals(List.of(bindings.get(wanted.getExposedPort())));
    }

    private void create() {
        docker.createContainerCmd(spec.image())
                .withName(spec.name())
                .withLabels(Map.of(LABEL, spec.name()))
                .withHostConfig(hostConfig())
                .exec();
    }

    private HostConfig hostConfig() {
        return HostConfig.newHostConfig()
                .withPortBindings(spec.binding())
                .withBinds(new Bind(spec.name(), new Volume(spec.data())))
                .withRestartPolicy(RestartPolicy.onFailureRestart(5))
                .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, SMALL_LOG))
                .withMemory(MEMORY)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"));
    }

    private void run() {
        try {
            docker.startContainerCmd(spec.name()).exec();
        } catch (NotModifiedException runsAlready) {
            // Left running by a platform that was killed: just what is wanted.
        }
    }

    @Override
    public void close() {
        try {
            docker.stopContainerCmd(spec.name()).withTimeout(SECONDS_TO_STOP).exec();
        } catch (NotModifiedException | NotFoundException goneAlready) {
            // Somebody else stopped it: just what is wanted.
        }
    }
}
