package io.gantry.nodemanager.node;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ports.Binding;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.remote.Labels;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes an instance's entry from nothing but its container: labels, image, limits, published port, start. */
final class LabelledInstance {
    private static final double NANOS = 1e9;

    private LabelledInstance() {}

    /** @throws IllegalArgumentException if a label is missing or says what can't be */
    static Instance of(InspectContainerResponse container, EngineClock clock, NodeId node, String address) {
        Map<String, String> labels =
                Objects.requireNonNullElse(container.getConfig().getLabels(), Map.of());
        Integer port = publishedPort(container);
        return new Instance(
                new InstanceId(label(labels, Labels.INSTANCE)),
                new AppName(label(labels, Labels.APP)),
                new ServiceName(label(labels, Labels.SERVICE)),
                Integer.parseInt(label(labels, Labels.VERSION)),
                kind(labels, port),
                Objects.requireNonNullElse(container.getConfig().getImage(), container.getImageId()),
                new DeploymentToken(label(labels, Labels.DEPLOYMENT)),
                node,
                address,
                port,
                resources(container.getHostConfig()),
                health(labels.get(Labels.HEALTH)),
                clock.ours(Instant.parse(
                        Objects.requireNonNull(container.getState().getStartedAt()))),
                InstanceState.RUNNING,
                null);
    }

    private static String label(Map<String, String> labels, String name) {
        String value = labels.get(name);
        if (value == null) {
            throw new IllegalArgumentException("It has no label " + name);
        }
        return value;
    }

    private static Kind kind(Map<String, String> labels, @Nullable Integer port) {
        String kind = labels.getOrDefault(Labels.KIND, port == null ? "worker" : "service");
        return Kind.valueOf(kind.toUpperCase(Locale.ROOT));
    }

    private static @Nullable Health health(@Nullable String json) {
        try {
            return json == null ? null : JsonMapper.shared().readValue(json, Health.class);
        } catch (JacksonException strange) {
            throw new IllegalArgumentException("Its label %s says %s".formatted(Labels.HEALTH, json), strange);
        }
    }

    private static @Nullable Integer publishedPort(InspectContainerResponse container) {
        return container.getNetworkSettings().getPorts().getBindings().values().stream()
                .flatMap(bindings -> bindings == null ? Stream.empty() : Arrays.stream(bindings))
                .map(Binding::getHostPortSpec)
                .filter(Objects::nonNull)
                .map(Integer::valueOf)
                .findFirst()
                .orElse(null);
    }

    private static Resources resources(HostConfig limits) {
        long memory = Objects.requireNonNullElse(limits.getMemory(), 0L);
        long pids = Objects.requireNonNullElse(limits.getPidsLimit(), 0L);
        return new Resources(cpus(limits), new Memory(memory), Math.toIntExact(pids));
    }

    /** An engine is told of it in one way or the other. */
    private static double cpus(HostConfig limits) {
        long nanoCpus = Objects.requireNonNullElse(limits.getNanoCPUs(), 0L);
        long quota = Objects.requireNonNullElse(limits.getCpuQuota(), 0L);
        long period = Objects.requireNonNullElse(limits.getCpuPeriod(), 0L);
        return nanoCpus == 0 && quota > 0 && period > 0 ? (double) quota / period : nanoCpus / NANOS;
    }
}
