package io.gantry.nodemanager.registry;

import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An instance in the registry.
 *
 * @param adopted found running by its labels, entered by nobody's command
 */
public record Entry(Instance instance, boolean adopted) {
    InstanceState state() {
        return instance.state();
    }

    /** Whether its container is expected to run. */
    public boolean isExpected() {
        return switch (state()) {
            case RUNNING, UNKNOWN -> true;
            case COMPLETED, DEAD -> false;
        };
    }

    public boolean runsAt(@Nullable Integer port) {
        return state() == InstanceState.RUNNING && Objects.equals(port, instance.port());
    }

    Entry in(InstanceState state, @Nullable String detail) {
        return with(instance.port(), instance.startedAt(), state, detail);
    }

    Entry runningAt(@Nullable Integer port, Instant startedAt) {
        return with(port, startedAt, InstanceState.RUNNING, null);
    }

    private Entry with(@Nullable Integer port, Instant startedAt, InstanceState state, @Nullable String detail) {
        return new Entry(
                new Instance(
                        instance.id(),
                        instance.app(),
                        instance.service(),
                        instance.version(),
                        instance.kind(),
                        instance.image(),
                        instance.deployment(),
                        instance.node(),
                        instance.address(),
                        port,
                        instance.resources(),
                        instance.health(),
                        startedAt,
                        state,
                        detail),
                adopted);
    }
}
