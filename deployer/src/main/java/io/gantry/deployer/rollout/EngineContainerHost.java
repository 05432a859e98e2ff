package io.gantry.deployer.rollout;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.registry.Node;
import io.gantry.deployer.node.FleetSettings;
import io.gantry.remote.Engines;
import io.gantry.remote.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Containers on one Docker Engine a node. */
@Component
class EngineContainerHost implements ContainerHost {
    private final Engines engines;
    private final ContainerStarts starts;
    private final AppNetworks networks;
    private final String fleet;

    EngineContainerHost(Engines engines, ContainerStarts starts, AppNetworks networks, FleetSettings fleet) {
        this.engines = engines;
        this.starts = starts;
        this.networks = networks;
        this.fleet = fleet.fleet();
    }

    private DockerClient docker(Node node) {
        return engines.of(node).docker();
    }

    @Override
    public Start start(Node node, ContainerPlan plan) throws InterruptedException {
        return starts.start(docker(node), node, plan);
    }

    @Override
    public Optional<Instant> startAgain(Node node, InstanceId instance) {
        return starts.startAgain(docker(node), instance);
    }

    @Override
    public Watch watch(Node node, InstanceId instance) {
        return EngineWatch.on(docker(node), instance);
    }

    @Override
    public List<String> logOf(Node node, InstanceId instance) {
        return LogTail.of(docker(node), instance.value());
    }

    @Override
    public void stop(Node node, InstanceId instance, Duration timeToEnd) {
        try {
            docker(node)
                    .stopContainerCmd(instance.value())
                    .withTimeout(Math.toIntExact(timeToEnd.toSeconds()))
                    .exec();
        } catch (NotModifiedException | NotFoundException endedOrGone) {
            return;
        }
    }

    /** A paused one would go on to end, and by now another may serve in its place. */
    @Override
    public void stopAndRemove(Node node, InstanceId instance, Duration timeToEnd) {
        DockerClient docker = docker(node);
        if (!ContainerStarts.isPaused(docker, instance)) {
            stop(node, instance, timeToEnd);
        }
        remove(docker, instance);
    }

    @Override
    public void removeWithImage(Node node, InstanceId instance) {
        DockerClient docker = docker(node);
        try {
            InspectContainerResponse found =
                    docker.inspectContainerCmd(instance.value()).exec();
            remove(docker, instance);
            removeImage(docker, String.valueOf(found.getConfig().getImage()));
        } catch (NotFoundException goneAlready) {
            return;
        }
    }

    private static void remove(DockerClient docker, InstanceId instance) {
        try {
            docker.removeContainerCmd(instance.value())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException goneOrGoing) {
            return;
        }
    }

    /**
     * Under all names that it has in its repository: one for its digest, and on a node that builds perhaps one for its tag.
     * The last one takes the image with it.
     */
    private static void removeImage(DockerClient docker, String reference) {
        int at = reference.indexOf('@');
        if (at < 0) {
            return;
        }
        String repository = reference.substring(0, at);
        InspectImageResponse image = docker.inspectImageCmd(reference).exec();
        Stream.of(image.getRepoTags(), image.getRepoDigests())
                .filter(Objects::nonNull)
                .flatMap(Collection::stream)
                .filter(name -> isIn(repository, name))
                .forEach(name -> removeImageName(docker, name));
    }

    @Override
    public void removeImages(Node node, String repository, Set<String> kept) {
        DockerClient docker = docker(node);
        docker.listImagesCmd().exec().stream()
                .flatMap(image -> Stream.of(image.getRepoTags(), image.getRepoDigests()))
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .filter(name -> isIn(repository, name) && !kept.contains(name))
                .forEach(name -> removeImageName(docker, name));
    }

    private static boolean isIn(String repository, String name) {
        return name.startsWith(repository + ":") || name.startsWith(repository + "@");
    }

    private static void removeImageName(DockerClient docker, String name) {
        try {
            docker.removeImageCmd(name).exec();
        } catch (NotFoundException | ConflictException goneOrInUse) {
            return;
        }
    }

    @Override
    public void removeNetwork(Node node, AppName app) {
        networks.removeIfEmpty(docker(node), node, app);
    }

    @Override
    public List<Map<String, String>> labelsOfAll(Node node) {
        return docker(node)
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.FLEET, fleet))
                .exec()
                .stream()
                .map(Container::getLabels)
                .toList();
    }
}
