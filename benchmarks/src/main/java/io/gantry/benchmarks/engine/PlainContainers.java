package io.gantry.benchmarks.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ports;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The same container by hand: two calls to the engine, create and start. What no platform on top of it can beat. */
public final class PlainContainers implements AutoCloseable {
    private static final String LABEL = "io.gantry.benchmark";
    private static final String NETWORK = "gantry-benchmark";

    private final DockerClient docker;

    private PlainContainers(DockerClient docker) {
        this.docker = docker;
    }

    public static PlainContainers on(DockerClient docker) {
        PlainContainers containers = new PlainContainers(docker);
        containers.removeAll();
        docker.createNetworkCmd()
                .withName(NETWORK)
                .withLabels(Map.of(LABEL, ""))
                .exec();
        return containers;
    }

    /** @return its id */
    public String createAndStart(Recipe recipe) {
        ExposedPort port = ExposedPort.tcp(recipe.port());
        String id = docker.createContainerCmd(recipe.imageId())
                .withEnv(recipe.env())
                .withExposedPorts(port)
                .withLabels(Map.of(LABEL, ""))
                .withHostConfig(hostConfig(recipe, port))
                .exec()
                .getId();
        docker.startContainerCmd(id).exec();
        return id;
    }

    /** Gantry's own, but for network and host port. */
    private static HostConfig hostConfig(Recipe recipe, ExposedPort port) {
        HostConfig theirs = recipe.host();
        Ports published = new Ports();
        published.bind(port, Ports.Binding.bindIp("127.0.0.1"));
        return HostConfig.newHostConfig()
                .withNetworkMode(NETWORK)
                .withPortBindings(published)
                .withCapDrop(theirs.getCapDrop())
                .withSecurityOpts(theirs.getSecurityOpts())
                .withMemory(theirs.getMemory())
                .withMemorySwap(theirs.getMemorySwap())
                .withNanoCPUs(theirs.getNanoCPUs())
                .withPidsLimit(theirs.getPidsLimit())
                .withInit(theirs.getInit())
                .withLogConfig(theirs.getLogConfig())
                .withRestartPolicy(theirs.getRestartPolicy());
    }

    public static Predicate<Start> anyStart() {
        return start -> start.labels().containsKey(LABEL);
    }

    public void remove(String id) {
        docker.removeContainerCmd(id).withForce(true).exec();
    }

    public void removeAll() {
        List<Container> left = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(LABEL))
                .exec();
        left.forEach(container -> remove(container.getId()));
    }

    @Override
    public void close() {
        removeAll();
        try {
            docker.removeNetworkCmd(NETWORK).exec();
        } catch (NotFoundException gone) {
            // As wanted.
        }
    }
}
