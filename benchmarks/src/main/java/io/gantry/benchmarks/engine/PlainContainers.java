package io.gantry.benchmarks.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Network.Ipam;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The same container by hand: two calls to the engine, create and start. What no platform on top of it can beat. */
public final class PlainContainers implements AutoCloseable {
    private static final String LABEL = "io.gantry.benchmark";
    private static final String NETWORK = "gantry-benchmark";
    private static final String LOOPBACK = "127.0.0.1";

    private final DockerClient docker;
    private final String network;
    private final AtomicInteger networks = new AtomicInteger();

    private PlainContainers(DockerClient docker, String network) {
        this.docker = docker;
        this.network = network;
    }

    /** What a run that was killed has left goes first. */
    public static PlainContainers on(DockerClient docker) {
        removeContainers(docker);
        removeNetworks(docker, any -> true);
        String network = docker.createNetworkCmd()
                .withName(NETWORK)
                .withLabels(Map.of(LABEL, ""))
                .exec()
                .getId();
        return new PlainContainers(docker, network);
    }

    /** @return its id */
    public String createAndStart(Recipe recipe) {
        return createAndStart(recipe, network, Ports.Binding.bindIp(LOOPBACK));
    }

    /** Reached at that port of this machine, however often it is started. */
    public String createAndStartAt(int port, Recipe recipe) {
        return createAndStart(recipe, network, Ports.Binding.bindIpAndPort(LOOPBACK, port));
    }

    public void startAgain(String id) {
        docker.startContainerCmd(id).exec();
    }

    /** In a network of its own, made for it, as the first container of an app. An engine has addresses for some thirty: these bring theirs. */
    public String createAndStartApart(Recipe recipe) {
        int number = networks.getAndIncrement() % 256;
        String own = docker.createNetworkCmd()
                .withName("%s-%d".formatted(NETWORK, number))
                .withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet("10.191.%d.0/24".formatted(number))))
                .withLabels(Map.of(LABEL, ""))
                .exec()
                .getId();
        return createAndStart(recipe, own, Ports.Binding.bindIp(LOOPBACK));
    }

    private String createAndStart(Recipe recipe, String network, Ports.Binding published) {
        ExposedPort port = ExposedPort.tcp(recipe.port());
        String id = docker.createContainerCmd(recipe.imageId())
                .withUser(recipe.user())
                .withEnv(recipe.env())
                .withExposedPorts(port)
                .withLabels(Map.of(LABEL, ""))
                .withHostConfig(hostConfig(recipe, port, network, published))
                .exec()
                .getId();
        docker.startContainerCmd(id).exec();
        return id;
    }

    /** Gantry's own, but for network and host port. */
    private static HostConfig hostConfig(Recipe recipe, ExposedPort port, String network, Ports.Binding published) {
        HostConfig theirs = recipe.host();
        return HostConfig.newHostConfig()
                .withNetworkMode(network)
                .withPortBindings(new PortBinding(published, port))
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
        removeNetworks(docker, network -> !network.getName().equals(NETWORK));
    }

    private static void removeContainers(DockerClient docker) {
        List<Container> left = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(LABEL))
                .exec();
        left.parallelStream()
                .forEach(container -> docker.removeContainerCmd(container.getId())
                        .withForce(true)
                        .exec());
    }

    private static void removeNetworks(DockerClient docker, Predicate<Network> unwanted) {
        docker.listNetworksCmd().withFilter("label", List.of(LABEL)).exec().stream()
                .filter(unwanted)
                .map(Network::getId)
                .forEach(id -> docker.removeNetworkCmd(id).exec());
    }

    @Override
    public void close() {
        removeContainers(docker);
        removeNetworks(docker, any -> true);
    }
}
