package io.gantry.nodemanager.node;

import io.gantry.contract.NodeId;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.manifest.Memory;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One node as it is set, by the settings or by the lifecycle manager.
 *
 * @param engine {@code unix:///var/run/docker.sock} or {@code ssh://user@host:port}
 * @param hostKey {@code ssh-ed25519 AAAA...}; required with SSH
 * @param address where its instances are reached; the engine's host if left out
 * @param cpus cores that instances may use; as many as the engine has if left out
 * @param memory that instances may use; what the engine has but a reserve if left out
 */
record NodeSettings(
        NodeId id,
        URI engine,
        @Nullable String hostKey,
        @Nullable String address,
        @Nullable Double cpus,
        @Nullable Memory memory,
        @DefaultValue Map<String, String> labels,
        boolean cordoned) {
    private static final String THIS_MACHINE = "127.0.0.1";

    NodeSettings {
        labels = Map.copyOf(labels);
        if (cpus != null && !(cpus > 0)) {
            throw new IllegalArgumentException("gantry.nodes: the cpus of " + id + " are more than 0");
        }
    }

    static NodeSettings of(PreparedMachine machine) {
        return new NodeSettings(
                machine.id(),
                machine.engine(),
                machine.hostKey(),
                machine.address(),
                machine.cpus(),
                machine.memory(),
                machine.labels(),
                machine.cordoned());
    }

    String reachedAt() {
        return Objects.requireNonNullElseGet(address, () -> Objects.requireNonNullElse(engine.getHost(), THIS_MACHINE));
    }
}
