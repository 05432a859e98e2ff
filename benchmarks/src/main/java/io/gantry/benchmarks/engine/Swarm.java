package io.gantry.benchmarks.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerSpec;
import com.github.dockerjava.api.model.DockerObjectAccessor;
import com.github.dockerjava.api.model.Driver;
import com.github.dockerjava.api.model.EndpointResolutionMode;
import com.github.dockerjava.api.model.EndpointSpec;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LocalNodeState;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.NetworkAttachmentConfig;
import com.github.dockerjava.api.model.PortConfig;
import com.github.dockerjava.api.model.PortConfigProtocol;
import com.github.dockerjava.api.model.ResourceRequirements;
import com.github.dockerjava.api.model.ResourceSpecs;
import com.github.dockerjava.api.model.Service;
import com.github.dockerjava.api.model.ServiceModeConfig;
import com.github.dockerjava.api.model.ServiceReplicatedModeOptions;
import com.github.dockerjava.api.model.ServiceRestartCondition;
import com.github.dockerjava.api.model.ServiceRestartPolicy;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.SwarmInfo;
import com.github.dockerjava.api.model.SwarmSpec;
import com.github.dockerjava.api.model.TaskSpec;
import io.gantry.benchmarks.measure.Await;
import io.gantry.benchmarks.measure.Missing;
import io.gantry.benchmarks.processes.Command;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Docker Swarm on the engine that Gantry uses too: a swarm of one, made for a measurement and left after it. */
public final class Swarm implements AutoCloseable {
    private static final String BRIDGE = "docker_gwbridge";
    private static final String NETWORK = "gantry-benchmark-swarm";
    private static final String SERVICE_LABEL = "com.docker.swarm.service.name";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DockerClient docker;
    private final boolean bridgeWasThere;

    private Swarm(DockerClient docker) {
        this.docker = docker;
        this.bridgeWasThere = bridgeIsThere();
    }

    /** @throws Missing if the engine is in a swarm already, which is not ours to fill and to leave */
    public static Swarm form(DockerClient docker) throws IOException, InterruptedException {
        SwarmInfo info = Objects.requireNonNull(docker.infoCmd().exec().getSwarm());
        if (info.getLocalNodeState() != LocalNodeState.INACTIVE) {
            throw new Missing("This engine is in a swarm already; to compare with one, it must be in none.");
        }
        Swarm swarm = new Swarm(docker);
        docker.initializeSwarmCmd(new SwarmSpec())
                .withListenAddr("127.0.0.1:2377")
                .withAdvertiseAddr("127.0.0.1")
                .exec();
        try {
            // A bridge, which on one node is what Gantry's apps have; tasks may use it where it is of the swarm's own
            // scope.
            Command.run("docker", "network", "create", "--driver", "bridge", "--scope", "swarm", NETWORK);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            swarm.close();
            throw failure;
        }
        return swarm;
    }

    /**
     * Asks for a service of one task; it starts some time later, on a port of the host that the engine chooses. The image is
     * named by its id: nothing is pulled.
     */
    public void create(String name, Recipe recipe) {
        docker.createServiceCmd(spec(name, recipe, 1)).exec();
    }

    /**
     * Asks for a service of one task, which is replaced when it dies.
     *
     * @param port of this machine that it is reached at, whichever task it is
     * @param delay after which it is replaced; none: as Swarm has it
     */
    public void createHealed(String name, Recipe recipe, int port, @Nullable Duration delay) {
        ServiceSpec spec = spec(name, recipe, 1);
        Objects.requireNonNull(spec.getEndpointSpec().getPorts()).getFirst().withPublishedPort(port);
        spec.getTaskTemplate()
                .withRestartPolicy(new ServiceRestartPolicy()
                        .withCondition(ServiceRestartCondition.ANY)
                        .withDelay(delay == null ? null : delay.toNanos()));
        docker.createServiceCmd(spec).exec();
    }

    /** The container of the one task that runs. */
    public String container(String name) {
        return docker.listContainersCmd().withLabelFilter(Map.of(SERVICE_LABEL, name)).exec().stream()
                .map(Container::getId)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No task of the service %s runs".formatted(name)));
    }

    public void scale(String name, Recipe recipe, int replicas) {
        Service service = docker.inspectServiceCmd(name).exec();
        docker.updateServiceCmd(name, spec(name, recipe, replicas))
                .withVersion(Objects.requireNonNull(service.getVersion()).getIndex())
                .exec();
    }

    private static ServiceSpec spec(String name, Recipe recipe, int replicas) {
        return new ServiceSpec()
                .withName(name)
                .withMode(new ServiceModeConfig()
                        .withReplicated(new ServiceReplicatedModeOptions().withReplicas(replicas)))
                .withEndpointSpec(publishing(recipe))
                .withTaskTemplate(task(recipe));
    }

    private static EndpointSpec publishing(Recipe recipe) {
        return new EndpointSpec()
                .withMode(EndpointResolutionMode.DNSRR)
                .withPorts(List.of(new PortConfig()
                        .withProtocol(PortConfigProtocol.TCP)
                        .withPublishMode(PortConfig.PublishMode.host)
                        .withTargetPort(recipe.port())));
    }

    private static TaskSpec task(Recipe recipe) {
        return new TaskSpec()
                .withContainerSpec(container(recipe))
                .withResources(new ResourceRequirements().withLimits(limits(recipe)))
                .withNetworks(List.of(new NetworkAttachmentConfig().withTarget(NETWORK)))
                .withLogDriver(logs(recipe.host()))
                .withRestartPolicy(new ServiceRestartPolicy().withCondition(ServiceRestartCondition.NONE));
    }

    /** What the API takes and these classes have no field for is added by its name. */
    private static ContainerSpec container(Recipe recipe) {
        ContainerSpec container = new ContainerSpec()
                .withImage(recipe.imageId())
                .withUser(recipe.user())
                .withEnv(recipe.env())
                .withInit(recipe.host().getInit());
        DockerObjectAccessor.overrideRawValue(container, "CapabilityDrop", recipe.droppedCapabilities());
        return container;
    }

    private static ResourceSpecs limits(Recipe recipe) {
        ResourceSpecs limits =
                new ResourceSpecs().withMemoryBytes(recipe.memory()).withNanoCPUs(recipe.nanoCpus());
        DockerObjectAccessor.overrideRawValue(limits, "Pids", recipe.pids());
        return limits;
    }

    private static Driver logs(HostConfig host) {
        LogConfig config = host.getLogConfig();
        return new Driver().withName(config.getType().getType()).withOptions(config.getConfig());
    }

    public static Predicate<Start> startOf(String name) {
        return start -> start.has(SERVICE_LABEL, name);
    }

    /** Removes the service and waits until its containers are gone. */
    public void remove(String name) throws Exception {
        docker.removeServiceCmd(name).exec();
        Await.until(
                "the containers of service " + name + " to go",
                PATIENCE,
                () -> docker.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(SERVICE_LABEL, name))
                        .exec()
                        .isEmpty());
    }

    private boolean bridgeIsThere() {
        return docker.listNetworksCmd().withNameFilter(BRIDGE).exec().stream()
                .anyMatch(network -> BRIDGE.equals(network.getName()));
    }

    @Override
    public void close() {
        docker.leaveSwarmCmd().withForceEnabled(true).exec();
        if (!bridgeWasThere) {
            removeBridge();
        }
    }

    private void removeBridge() {
        try {
            docker.removeNetworkCmd(BRIDGE).exec();
        } catch (NotFoundException gone) {
            // As wanted.
        }
    }
}
