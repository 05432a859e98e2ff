package io.gantry.nodemanager.node;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerPort;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.nodemanager.registry.Sighting;
import io.gantry.remote.Engine;
import io.gantry.remote.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers of our instances on one node.
 *
 * @param address where they are reached
 */
record Containers(Engine engine, EngineClock clock, String fleet, NodeId node, String address) {
    private static final Logger log = LoggerFactory.getLogger(Containers.class);

    enum Condition {
        RUNNING,
        /** By whomever. */
        PAUSED,
        ENDED;

        static Condition of(@Nullable String state) {
            return switch (state) {
                case "running" -> RUNNING;
                case "paused" -> PAUSED;
                case null, default -> ENDED;
            };
        }
    }

    /** @param port on the node; null: it publishes none */
    record Listed(Condition condition, @Nullable Integer port) {
        boolean running() {
            return condition == Condition.RUNNING;
        }

        boolean paused() {
            return condition == Condition.PAUSED;
        }
    }

    /** All there are, also those that have ended. */
    Map<InstanceId, Listed> list() {
        List<Container> containers = engine.docker()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.FLEET, fleet))
                .exec();
        Map<InstanceId, Listed> listed = new HashMap<>();
        for (Container container : containers) {
            InstanceId id = idIn(container.getLabels());
            if (id != null && isNamed(container, id)) {
                listed.put(id, new Listed(Condition.of(container.getState()), publicPort(container.getPorts())));
            }
        }
        return listed;
    }

    /** Containers in which an image is built have whatever labels a developer's own Dockerfile gives them, but no name of its choice. */
    private static boolean isNamed(Container container, InstanceId id) {
        return container.getNames() != null && List.of(container.getNames()).contains("/" + id);
    }

    Sighting look(InstanceId id) {
        try {
            return sighting(engine.docker().inspectContainerCmd(id.value()).exec());
        } catch (NotFoundException gone) {
            return new Sighting.Gone();
        }
    }

    /** Lets a paused one go on; one that is gone, or runs, is left as it is. */
    void resume(InstanceId id) {
        try {
            engine.docker().unpauseContainerCmd(id.value()).exec();
            log.info("{} on {} goes on", id, node);
        } catch (DockerException refused) {
            log.info("{} on {} was not paused any more: {}", id, node, refused.getMessage());
        }
    }

    /** The instance that a container is by its labels, if it is one of this fleet and this node. */
    @Nullable
    InstanceId idIn(Map<String, String> labels) {
        String id = labels.get(Labels.INSTANCE);
        boolean ours = fleet.equals(labels.get(Labels.FLEET))
                && node.value().equals(labels.getOrDefault(Labels.NODE, node.value()));
        try {
            return id == null || !ours ? null : new InstanceId(id);
        } catch (IllegalArgumentException noInstance) {
            log.debug("A container on {} is labelled {}, which is no instance's id", node, id);
            return null;
        }
    }

    private Sighting sighting(InspectContainerResponse container) {
        ContainerState state = container.getState();
        if ("created".equals(state.getStatus())) {
            return new Sighting.NotStarted();
        }
        return switch (Condition.of(state.getStatus())) {
            case RUNNING -> running(container);
            case PAUSED -> new Sighting.Paused();
            case ENDED -> ended(state);
        };
    }

    private static Sighting ended(ContainerState state) {
        return new Sighting.Ended(
                Math.toIntExact(Objects.requireNonNullElse(state.getExitCodeLong(), 0L)),
                Boolean.TRUE.equals(state.getOOMKilled()));
    }

    private Sighting running(InspectContainerResponse container) {
        try {
            return new Sighting.Running(LabelledInstance.of(container, clock, node, address));
        } catch (IllegalArgumentException strange) {
            log.warn("Container {} on {} is left alone: {}", container.getName(), node, strange.getMessage());
            return new Sighting.Strange();
        }
    }

    private static @Nullable Integer publicPort(ContainerPort @Nullable [] ports) {
        return ports == null
                ? null
                : Arrays.stream(ports)
                        .map(ContainerPort::getPublicPort)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }
}
