package io.gantry.benchmarks.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Ports;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The same container by hand: two calls to the engine, create and start. What no platform on top of it can beat. */
public final class PlainContainers implements AutoCloseable {
    private static final String LABEL = "io.gantry.benchmark";
    private static final String NETWORK = "gantry-benchmark";

    private final DockerClient docker;

    private final String network;

    private PlainContainers(DockerClient docker, String network) {
        this.docker = docker;
        this.network = network;
    }

    /** What a run that was killed has left goes first. */
    public static PlainContainers on(DockerClient docker) {
        removeContainers(docker);
        removeNetworks(docker);
        String network = docker.createNetworkCmd()
                .withName(NETWORK)
                .withLabels(Map.of(LABEL, ""))
                .exec()
                .getId();
        return new PlainContainers(docker, network);
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
    private HostConfig hostConfig(Recipe recipe, ExposedPort port) {
        HostConfig theirs = recipe.host();
        Ports published = new Ports();
        published.bind(port, Ports.Binding.bindIp("127.0.0.1"));
        return HostConfig.newHostConfig()
                .withNetworkMode(network)
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
        removeContainers(docker);
    }

    private static void removeContainers(DockerClient docker) {
        List<Container> left = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(LABEL))
                .exec();
        left.forEach(container ->
                docker.removeContainerCmd(container.getId()).withForce(true).exec());
    }

    private static void removeNetworks(DockerClient docker) {
        docker.listNetworksCmd().withFilter("label", List.of(LABEL)).exec().stream()
                .map(Network::getId)
                .forEach(id -> docker.removeNetworkCmd(id).exec());
    }

    @Override
    public void close() {
        removeContainers(docker);
        removeNetworks(docker);
    }
}
