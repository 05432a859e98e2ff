package io.gantry.benchmarks.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerSpec;
import com.github.dockerjava.api.model.EndpointResolutionMode;
import com.github.dockerjava.api.model.EndpointSpec;
import com.github.dockerjava.api.model.LocalNodeState;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Docker Swarm on the engine that Gantry uses too: a swarm of one, made for a measurement and left after it. */
public final class Swarm implements AutoCloseable {
    private static final String BRIDGE = "docker_gwbridge";
    private static final String SERVICE_LABEL = "com.docker.swarm.service.name";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DockerClient docker;
    private final boolean bridgeWasThere;

    private Swarm(DockerClient docker) {
        this.docker = docker;
        this.bridgeWasThere = bridgeIsThere();
    }

    /** @throws Missing if the engine is in a swarm already, which is not ours to fill and to leave */
    public static Swarm form(DockerClient docker) {
        SwarmInfo info = Objects.requireNonNull(docker.infoCmd().exec().getSwarm());
        if (info.getLocalNodeState() != LocalNodeState.INACTIVE) {
            throw new Missing("This engine is in a swarm already; to compare with one, it must be in none.");
        }
        Swarm swarm = new Swarm(docker);
        docker.initializeSwarmCmd(new SwarmSpec())
                .withListenAddr("127.0.0.1:2377")
                .withAdvertiseAddr("127.0.0.1")
                .exec();
        return swarm;
    }

    /** Asks for a service of one task; it starts some time later. The image is named by its id: nothing is pulled. */
    public void create(String name, Recipe recipe) {
        docker.createServiceCmd(spec(name, recipe, 1)).exec();
    }

    /** @param port published on the host, where tasks have one to themselves */
    public void create(String name, Recipe recipe, int port) {
        docker.createServiceCmd(spec(name, recipe, 1).withEndpointSpec(publishing(recipe, port)))
                .exec();
    }

    public void scale(String name, Recipe recipe, int replicas) {
        Service service = docker.inspectServiceCmd(name).exec();
        docker.updateServiceCmd(name, spec(name, recipe, replicas))
                .withVersion(Objects.requireNonNull(service.getVersion()).getIndex())
                .exec();
    }

    private static ServiceSpec spec(String name, Recipe recipe, int replicas) {
        ResourceSpecs limits =
                new ResourceSpecs().withMemoryBytes(recipe.memory()).withNanoCPUs(recipe.nanoCpus());
        TaskSpec task = new TaskSpec()
                .withContainerSpec(
                        new ContainerSpec().withImage(recipe.imageId()).withEnv(recipe.env()))
                .withResources(new ResourceRequirements().withLimits(limits))
                .withRestartPolicy(new ServiceRestartPolicy().withCondition(ServiceRestartCondition.NONE));
        return new ServiceSpec()
                .withName(name)
                .withMode(new ServiceModeConfig()
                        .withReplicated(new ServiceReplicatedModeOptions().withReplicas(replicas)))
                .withEndpointSpec(new EndpointSpec().withMode(EndpointResolutionMode.DNSRR))
                .withTaskTemplate(task);
    }

    private static EndpointSpec publishing(Recipe recipe, int port) {
        return new EndpointSpec()
                .withMode(EndpointResolutionMode.DNSRR)
                .withPorts(List.of(new PortConfig()
                        .withProtocol(PortConfigProtocol.TCP)
                        .withPublishMode(PortConfig.PublishMode.host)
                        .withTargetPort(recipe.port())
                        .withPublishedPort(port)));
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
